/** What is the same for all ends of a release, made once for each. */
export function perVersion<T>(make: (version: string) => T): (version: string) => T {
  const made = new Map<string, T>();
  return (version) => {
    const known = made.get(version);
    if (known !== undefined) return known;
    const value = make(version);
    made.set(version, value);
    return value;
  };
}
