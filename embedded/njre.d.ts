/** njre ships no types; these cover the part that is used. */
declare module 'njre' {
  const njre: {
    /** Fetches, verifies and unpacks a runtime; resolves to the folder `jre` next to `installPath`. */
    install(version: number, options: { type: 'jre' | 'jdk'; installPath: string }): Promise<string>;
  };
  export default njre;
}
