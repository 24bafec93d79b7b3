// Runs inside a page: each function is sent there as it is, and sees nothing of this file.

/** The size of everything that can be pressed, but for links inside a sentence. */
export function measureTargets() {
  const controls = document.querySelectorAll('a, button, input, summary')

  return [...controls]
    .filter((control) => control.checkVisibility())
    .filter((control) => getComputedStyle(control).display !== 'inline')
    .map((control) => {
      const { width, height } = (control.closest('label') ?? control).getBoundingClientRect()
      const name = control.innerText || control.name

      return { name, isButton: control.matches('button, .button, .field input'), width, height }
    })
}

/** The contrast of each control's border, and of its ring when it has the focus. */
export function measureControlContrast() {
  const controls = document.querySelectorAll('main a, main button, main input, main summary')

  return [...controls]
    .filter((control) => control.checkVisibility())
    .map((control) => {
      control.focus()
      const { borderTopWidth, borderTopColor, outlineStyle, outlineColor } =
        getComputedStyle(control)
      const background = backgroundOf(control.parentElement)
      const hasBorder = borderTopWidth !== '0px' && !control.matches('[type=checkbox]')

      return {
        name: control.innerText || control.name,
        border: hasBorder ? contrast(borderTopColor, background) : null,
        ring: outlineStyle === 'solid' ? contrast(outlineColor, background) : 0,
      }
    })

  function backgroundOf(element) {
    const { backgroundColor } = getComputedStyle(element)

    return backgroundColor === 'rgba(0, 0, 0, 0)'
      ? backgroundOf(element.parentElement)
      : backgroundColor
  }

  // WCAG 2.2, "contrast ratio" and "relative luminance".
  function contrast(one, other) {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b)

    return (light + 0.05) / (dark + 0.05)
  }

  function luminance(color) {
    const [red, green, blue] = color.match(/[\d.]+/g).map((part) => {
      const value = Number(part) / 255

      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
    })

    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
}

/** What a screen reader and a password manager are told of each field. */
export function describeFields() {
  return [...document.querySelectorAll('input:not([type=hidden], [hidden])')].map((field) => ({
    name: field.name,
    label: [...field.labels].map((label) => label.innerText.trim()).join(' '),
    autocomplete: field.autocomplete,
    isInvalid: field.getAttribute('aria-invalid') === 'true',
    description: (field.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.innerText ?? '')
      .join(' ')
      .trim(),
  }))
}

export function findMotion() {
  return [...document.querySelectorAll('*')]
    .map((element) => getComputedStyle(element))
    .filter(
      ({ transitionDuration, animationName }) =>
        transitionDuration !== '0s' || animationName !== 'none',
    ).length
}

export function smuggleScript() {
  const script = document.createElement('script')
  script.textContent = 'document.querySelector("h1").textContent = "Smuggled"'
  document.body.append(script)
}
