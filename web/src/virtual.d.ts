declare module "virtual:units" {
  /** Where the file of symbols stands. */
  const address: string;
  export default address;
}
