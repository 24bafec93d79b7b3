import type { Document } from './document.js'
import { compareLines, type Range } from './lines.js'
import { type List, uniqueName } from './lists.js'
import { byLines, type MergeText, mergeEntryWith } from './members.js'
import { mergeList } from './merge-list.js'
import { type Settled, settle } from './settle.js'
import { allOf, each, type Three, type Versions } from './versions.js'

/** Merges the attributes of the tags of a page, in the places that lines leave in conflict. */
export function mergeAttributes(documents: Three<Document>, mergeText: MergeText): Versions | null {
  const settled = compareLines(each(documents, ({ text }) => text)).flatMap((part) =>
    'hunk' in part ? settleTags(part.hunk, documents, mergeText) : [],
  )

  return settle(documents, settled)
}

function settleTags(
  hunk: Three<Range>,
  documents: Three<Document>,
  mergeText: MergeText,
): Settled[] {
  const tags = {
    base: tagsIn(documents.base, hunk.base),
    ours: tagsIn(documents.ours, hunk.ours),
    theirs: tagsIn(documents.theirs, hunk.theirs),
  }
  const names = Object.values(tags).map((lists) => lists.map(({ type }) => type).join())
  if (new Set(names).size > 1) return []

  return tags.base.flatMap((base, index) => {
    const lists = allOf({
      base,
      ours: tags.ours[index] ?? null,
      theirs: tags.theirs[index] ?? null,
    })
    if (lists === null || byLines(documents, lists) !== null) return []
    const text = mergeList(lists, documents, {
      mergeEntry: mergeEntryWith({ documents, mergeText }),
      mergeText: (ranges) => mergeText(documents, ranges),
    })

    return text === null ? [] : [{ ranges: lists, text }]
  })
}

function tagsIn({ text }: Document, { start, end }: Range): List[] {
  return [...text.slice(start, end).matchAll(TAG)].flatMap(({ 0: tag, index }) => {
    return attributesIn(text, { start: start + index, end: start + index + tag.length }) ?? []
  })
}

/** The attributes of a tag; `null` where there is a condition among them. */
export function attributesIn(text: string, { start, end }: Range): List | null {
  const tag = text.slice(start, end)
  const [, name = ''] = /^<([\w-]+)/.exec(tag) ?? []
  const from = start + 1 + name.length
  const until = end - (/\s*\/?>$/.exec(tag)?.[0].length ?? 0)
  if (ATTRIBUTES.exec(text.slice(from, until))?.[0].length !== until - from) return null

  return listOf(name, text, { start: from, end: until })
}

const TAG = /<([a-z][\w-]*)(?:<%[\s\S]*?%>|"(?:<%[\s\S]*?%>|[^"])*"|[^<>"])*>/gi

const ATTRIBUTE = /\s+[\w:@.-]+(?:="(?:<%[\s\S]*?%>|[^"])*")?/y

const ATTRIBUTES = new RegExp(`^(?:${ATTRIBUTE.source})*`)

function listOf(type: string, text: string, { start, end }: Range): List {
  const found = [...text.slice(start, end).matchAll(new RegExp(ATTRIBUTE.source, 'g'))]
  const names = found.map(([attribute]) => attribute.trim().split('=', 1)[0] ?? '')

  return {
    type,
    start,
    end,
    separator: 'nothing',
    endsInSeparator: false,
    entries: found.map(({ 0: attribute, index }, at) => ({
      id: uniqueName(names, at, attribute.trim()),
      type: 'attribute',
      start: start + index,
      body: start + index + attribute.search(/\S/),
      end: start + index + attribute.length,
      isFree: true,
      rest: '',
      inner: () => [],
    })),
  }
}
