import type { ListBackupsPage } from "../../src/index.js";
import type { Contender, Job } from "./job.js";

/** Fetches one page with some library; an undefined token asks for the first. */
export type GetPage = (job: Job, pageToken: string | undefined) => Promise<ListBackupsPage>;

/** What one writes by hand around a library that fetches one page: a call for it, and a loop over all of them. */
export function overPages(getPage: GetPage): { call: Contender; loop: Contender } {
  return {
    async call(job, tally) {
      const page = await getPage(job, undefined);
      for (const backup of page.backups ?? []) tally.add(backup);
    },
    async loop(job, tally) {
      let pageToken: string | undefined;
      do {
        const page = await getPage(job, pageToken);
        for (const backup of page.backups ?? []) tally.add(backup);
        pageToken = page.nextPageToken;
      } while (pageToken);
    },
  };
}
