/** The same function, which computes its answer once for each thing that it is asked about. */
export function rememberFor<Thing extends object, Answer>(
  compute: (thing: Thing) => Answer,
): (thing: Thing) => Answer {
  const answers = new WeakMap<Thing, { answer: Answer }>()

  return (thing) => {
    const known = answers.get(thing)
    if (known) return known.answer
    const answer = compute(thing)
    answers.set(thing, { answer })

    return answer
  }
}

/** The same function of two things. */
export function rememberForBoth<One extends object, Other extends object, Answer>(
  compute: (one: One, other: Other) => Answer,
): (one: One, other: Other) => Answer {
  const withOne = rememberFor((one: One) => rememberFor((other: Other) => compute(one, other)))

  return (one, other) => withOne(one)(other)
}

/** The same function of a path and a text, which knows its last few answers. */
export function rememberLast<Answer>(
  count: number,
  compute: (path: string, text: string) => Answer,
): (path: string, text: string) => Answer {
  const answers = new Map<string, Answer>()

  return (path, text) => {
    const key = `${path}\0${text}`
    const answer = answers.has(key) ? (answers.get(key) as Answer) : compute(path, text)
    answers.delete(key)
    answers.set(key, answer)
    for (const oldest of answers.keys()) if (answers.size > count) answers.delete(oldest)

    return answer
  }
}
