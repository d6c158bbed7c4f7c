// As the guide says.
export default { serverExternalPackages: ['hundredms'] }
