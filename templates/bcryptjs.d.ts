// What templates may ask of the package that an app makes its bcrypt hashes with. The app brings it.
declare module 'bcryptjs' {
  const bcrypt: {
    compare(password: string, hash: string): Promise<boolean>
    hash(password: string, cost: number): Promise<string>
  }
  export default bcrypt
}
