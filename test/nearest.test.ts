import { expect, test } from "vitest";
import { nearest } from "../src/nearest.js";

const names = ["timeout", "token", "retry", "baseUrl", "maxResponseSize", "times"];

test.each([
  ["timeuot", "timeout"],
  ["timout", "timeout"],
  ["timeoutt", "timeout"],
  ["time", "times"],
  ["baseURL", "baseUrl"],
  ["base_url", "baseUrl"],
  ["tokne", "token"],
  ["maxReponseSize", "maxResponseSize"],
  ["next", undefined],
  ["cf", undefined],
  ["dispatcher", undefined],
  ["", undefined],
])("%s is nearest to %s", (name, expected) => {
  expect(nearest(name, names)).toBe(expected);
});

test("the nearest of several names is found, whatever their order", () => {
  const paths = ["/v1/clusters/{clusterId}", "/v1/clusters", "/v1/backups"];
  for (const list of [paths, paths.toReversed()]) {
    expect(nearest("/v1/cluster", list)).toBe("/v1/clusters");
    expect(nearest("/v1/clusters/{clusterID}", list)).toBe("/v1/clusters/{clusterId}");
  }
});
