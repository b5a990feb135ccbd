/** Text as a node, so that nothing from outside is ever read as HTML. */
export function textNode(text: string, tag = "span"): HTMLElement {
  const node = document.createElement(tag);
  node.textContent = text;
  return node;
}
