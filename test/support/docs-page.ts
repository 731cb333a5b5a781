// The parts of an operation that a reader sees on the docs page. Each function takes the `expect` of its test, because tests run concurrently.
import type { Locator, Page } from "playwright-core";
import type { ExpectStatic } from "vitest";
import { Node } from "../../scripts/description/node.js";
import type { Operation } from "../../scripts/description/operations.js";
import type { Sample } from "../../scripts/docs/code-samples.js";

export async function seesParameters(expect: ExpectStatic, section: Locator, operation: Operation, height: number) {
  const heading = section.getByRole("heading", { name: operation.node.text("summary") });
  await heading.waitFor();
  await expect.poll(async () => (await heading.boundingBox())?.y).toSatisfy((y: number) => y >= 0 && y < height);
  expect(await section.getByText(operation.path, { exact: true }).first().isVisible()).toBe(true);
  for (const parameter of operation.parameters) {
    const [name, place] = [parameter.text("name"), parameter.text("in")];
    const { required, example } = parameter.fields;
    const schema = parameter.at("schema");
    const id = `t=request&in=${place}&path=${name.toLowerCase()}`;
    const text = await section.locator(`[id$="/${id}"]`).textContent();
    expect(text).toContain(name);
    expect(text?.includes("required")).toBe(required ?? false);
    const type = schema.fields["type"] === "array" ? "Array of" : schema.fields["type"];
    for (const words of [type, ...limits(schema), schema.fields["default"], example]) {
      if (words !== undefined) expect(text).toContain(String(words));
    }
  }
}

export async function seesResponses(expect: ExpectStatic, page: Page, section: Locator, { node }: Operation) {
  const panel = section.locator('[data-component-name="Panel/Panel"]').filter({ hasText: /^Response/ });
  const responses = node.at("responses");
  for (const status of responses.keys) {
    const response = responses.at(status);
    await section.getByRole("tab", { name: status }).click();
    expect(await section.textContent()).toContain(response.text("description").replaceAll("`", ""));
    const media = response.at("content", "application/json");
    const only = media.fields["example"];
    const examples = only === undefined ? media.at("examples").children : [Node.root({ value: only })];
    for (const [index, example] of examples.entries()) {
      if (examples.length > 1) {
        await openMenu(panel.getByRole("button", { name: "Example" }));
        await page.getByRole("menuitem").getByText(example.text("summary"), { exact: true }).click();
      }
      const shown = async () => JSON.parse((await panel.locator("pre").textContent()) ?? "");
      await expect.poll(shown, { message: `example ${index} of ${status}` }).toEqual(example.fields["value"]);
    }
  }
}

export async function seesSamples(expect: ExpectStatic, page: Page, section: Locator, samples: readonly Sample[]) {
  const panel = section.locator(".panel-request-samples");
  for (const { label, source } of samples) {
    await chooseSample(page, panel, label);
    await expect.poll(() => panel.locator("pre").textContent()).toBe(source);
  }
}

/** How Redoc words the limits of a schema. */
function limits(schema: Node): string[] {
  const { minimum, maximum, maxLength } = schema.fields;
  const range = minimum === undefined || maximum === undefined ? [] : [`[ ${minimum} .. ${maximum} ]`];
  return maxLength === undefined ? range : [...range, `<= ${maxLength} characters`];
}

export async function chooseSample(page: Page, panel: Locator, label: string): Promise<void> {
  await openMenu(panel.getByRole("button").nth(1)); // the first one chooses the server
  await page.getByRole("menuitem", { name: label, exact: true }).click();
}

/** Opens a menu in the middle of the window: at its edge, the window may have no room for the menu. */
async function openMenu(button: Locator): Promise<void> {
  await button.evaluate((element) => element.scrollIntoView({ block: "center" }));
  await button.click();
}
