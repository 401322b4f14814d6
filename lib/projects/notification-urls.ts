import { offeredProjects, type ProjectChoice } from './choices';
import { notificationPath } from './create';
import { publicOrigin } from './public-address';

/** The whole addresses that people paste at their providers; an archived project is not connected anew. */
export function notificationUrls(
  projects: readonly ProjectChoice[],
  headers: Headers,
): readonly { readonly projectId: string; readonly project: string; readonly url: string }[] {
  const origin = publicOrigin(headers);
  return offeredProjects(projects, null).map(({ id, name, key }) => ({
    projectId: id,
    project: name,
    url: `${origin}${notificationPath(key)}`,
  }));
}
