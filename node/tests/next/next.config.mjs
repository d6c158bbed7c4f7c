// As the guide says; standalone, as it is put into images.
export default { output: 'standalone', serverExternalPackages: ['hundredms'] }
