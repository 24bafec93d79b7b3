/** Our own little checks: a shape has a `check`, and every schema of a route is one. */
export interface Shape {
  check(value: unknown): { value: unknown } | { error: Error };
}

export function shape(fields: Record<string, (value: unknown) => boolean>): Shape {
  return {
    check(value) {
      const given = new Map(Object.entries(value ?? {}));
      const wrong = Object.keys(fields).find((name) => !fields[name]?.(given.get(name)));
      if (wrong) return { error: new Error(`${wrong} is wrong`) };
      return { value: Object.fromEntries(Object.keys(fields).map((name) => [name, given.get(name)])) };
    },
  };
}

export const text = (value: unknown) => typeof value === "string" && value.length > 2;

/** For the whole app: whatever is no shape of ours has no `check`, and that is a mistake. */
export function validatorCompiler({ schema }: { schema: unknown }) {
  const { check } = schema as Shape;
  return (value: unknown) => check.call(schema, value);
}

export function serializerCompiler({ schema }: { schema: unknown }) {
  const { check } = schema as Shape;
  return (value: unknown) => {
    const checked = check.call(schema, value);
    if ("error" in checked) throw checked.error;
    return JSON.stringify(checked.value);
  };
}
