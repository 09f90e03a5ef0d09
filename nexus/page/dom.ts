type Attributes = Readonly<Record<string, string | boolean>>;

/** Makes an element. An attribute that is `false` is left out; `true` stands without a value. */
export const h = <K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: readonly (Node | string)[]): HTMLElementTagNameMap[K] => {
  const element = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => {
    if (value !== false) element.setAttribute(name, value === true ? '' : value);
  });
  element.append(...children);
  return element;
};

/** Sets text where it differs, so that a live region speaks only of what is new. */
export const setText = (element: Element, text: string): void => {
  if (element.textContent !== text) element.textContent = text;
};

/** Puts children in the place of those that are there; phones before 2020 have no replaceChildren. */
export const replace = (parent: Element, ...children: readonly Node[]): void => {
  while (parent.firstChild !== null) parent.removeChild(parent.firstChild);
  parent.append(...children);
};

/** A button of at least 48 px. */
export const button = (label: string, press: () => void, attributes: Attributes = {}): HTMLButtonElement => {
  const element = h('button', { type: 'button', class: 'push', ...attributes }, label);
  element.addEventListener('click', press);
  return element;
};

/** A switch with what it means beside it. */
export const toggle = ({ title, text }: { readonly title: string; readonly text: string }, on: boolean, change: (on: boolean) => void): HTMLLabelElement => {
  const input = h('input', { type: 'checkbox', role: 'switch', checked: on });
  input.addEventListener('change', () => change(input.checked));
  return h('label', { class: 'toggle' }, input, h('span', { class: 'toggle-words' }, h('strong', {}, title), ' ', text));
};

/** One of several, as radio buttons that look like one bar; arrow keys work by themselves. */
export const choice = <T extends string>(label: string, options: readonly (readonly [T, string])[], chosen: T, choose: (value: T) => void): HTMLFieldSetElement => {
  const group = h('fieldset', { class: 'choice' }, h('legend', {}, label));
  options.forEach(([value, text]) => {
    const input = h('input', { type: 'radio', name: label, value, checked: value === chosen });
    input.addEventListener('change', () => choose(value));
    group.append(h('label', {}, input, h('span', {}, text)));
  });
  return group;
};
