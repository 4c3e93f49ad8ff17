/** njre ships no types; this is the part that is used here. */
declare module 'njre' {
  const njre: {
    /** Fetches, verifies and unpacks a runtime; resolves to the folder `jre` beside `installPath`. */
    install(version: number, options: { type: 'jre' | 'jdk'; installPath: string }): Promise<string>;
  };
  export default njre;
}
