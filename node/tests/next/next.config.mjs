// As the guide shows it.
// --8<-- [start:config]
export default {
  output: 'standalone', // for images
  serverExternalPackages: ['hundredms'], // without it, the build fails
}
// --8<-- [end:config]
