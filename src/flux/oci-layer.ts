import { insist } from '../values/guardrails-error';
import { insistArguments } from '../values/insist-typed';
import { type Problem, problem } from '../values/problem';

/**
 * What becomes of a layer.
 */
export enum OciLayerOperation {
  /** It is unpacked. */
  EXTRACT = 'extract',
  /** It is kept as it is. */
  COPY = 'copy',
}

/**
 * The layer of an OCI artifact that is taken.
 *
 * @see https://fluxcd.io/flux/components/source/ocirepositories/#layer-selector
 */
export class OciLayer {
  /** The layer of a Helm chart, as a chart: for a `HelmRelease`, which finds no chart in a layer that was unpacked. */
  public static helmChart(): OciLayer {
    return new OciLayer('application/vnd.cncf.helm.chart.content.v1.tar+gzip', OciLayerOperation.COPY);
  }

  /**
   * The first layer of a media type.
   *
   * @param mediaType such as `application/deployment.content.v1.tar+gzip`
   * @param operation what becomes of it; it is unpacked by default
   */
  public static of(mediaType: string, operation: OciLayerOperation = OciLayerOperation.EXTRACT): OciLayer {
    insistArguments('OciLayer.of', { mediaType, operation });
    insist('OciLayer.of', 'mediaType', mediaTypeProblem(mediaType));
    return new OciLayer(mediaType, operation);
  }

  private constructor(
    /** Media type of the layer. */
    public readonly mediaType: string,
    /** What becomes of the layer. */
    public readonly operation: OciLayerOperation,
  ) {}
}

function mediaTypeProblem(text: string): Problem | undefined {
  const fits = /^[\w.+-]+\/[\w.+-]+$/.test(text);
  return fits ? undefined : problem(text, 'a media type', 'Write it like application/vnd.cncf.flux.content.v1.tar+gzip.');
}
