// The package has no types. The compiler takes the parsed form of a .ksy and gives back files by name.
declare module "kaitai-struct-compiler" {
  const compiler: {
    compile(
      language: "javascript",
      spec: unknown,
      importer: null,
      debug: boolean,
    ): Promise<Record<string, string>>;
  };
  export = compiler;
}
