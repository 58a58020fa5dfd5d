/** What was made of a name is kept, as long as the names are few: scenarios may bring any. */
export function keeping<T extends object | string | boolean>(
  make: (name: string) => T,
  most = 1000,
): (name: string) => T {
  const made = new Map<string, T>();
  return (name) => {
    const known = made.get(name);
    if (known !== undefined) return known;
    if (made.size >= most) made.clear();
    const value = make(name);
    made.set(name, value);
    return value;
  };
}
