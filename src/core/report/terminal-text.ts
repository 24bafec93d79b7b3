/** Text for a terminal: a few colours, and no control characters but ours. */

const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const

export type Colour = keyof typeof CODES
export type Colours = Record<Colour, (text: string) => string>

/** Functions that colour a text, or leave it alone when colours are off. */
export function createColours(enabled: boolean): Colours {
  const paint = (colour: Colour) => (text: string) => {
    const [start, end] = CODES[colour]
    return enabled && text !== '' ? `\u001b[${start}m${text}\u001b[${end}m` : text
  }

  return {
    bold: paint('bold'),
    dim: paint('dim'),
    red: paint('red'),
    green: paint('green'),
    yellow: paint('yellow'),
    cyan: paint('cyan'),
  }
}

/**
 * Makes control characters visible. A file, a name or the output of another program that holds
 * escape sequences could otherwise move the cursor, hide a changed line or retitle the window.
 */
export function showControlCharacters(text: string): string {
  return text.replace(CONTROL_CHARACTERS, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

// Also the marks that turn the direction of writing around; tab and line feed are harmless.
const CONTROL_CHARACTERS = /(?![\t\n])[\p{Cc}\p{Bidi_Control}]/gu
