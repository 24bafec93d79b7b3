/** The same function, which computes its answer once for each thing that it is asked about. */
export function rememberFor<Thing extends object, Answer>(
  compute: (thing: Thing) => Answer,
): (thing: Thing) => Answer {
  const answers = new WeakMap<Thing, { answer: Answer }>()

  return (thing) => {
    const known = answers.get(thing) ?? { answer: compute(thing) }
    answers.set(thing, known)

    return known.answer
  }
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
