export default {
  //% if (features.testPaths) {
  // The paths of tsconfig.json are how this app imports its own files.
  resolve: { tsconfigPaths: true },
  //% }
  //% if (features.besideOther) {
  // The tests of another runner are not for this one, nor are these for that one.
  test: { include: ['**/*.vitest.?(c|m)[jt]s'] },
  //% }
}
