import { App, Chart } from 'cdk8s';

/** A Kubernetes object as plain data; its shape below the top is known to the test that reads it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [field: string]: any };
  readonly [field: string]: any;
}

/** An app that leaves nothing behind: `Testing.app()` of cdk8s makes a temporary folder per call and never removes it. */
export function testApp(): App {
  return new App({ outdir: 'dist-of-tests-never-written' });
}

/** A chart in an app of its own. */
export function testChart(id = 'test'): Chart {
  return new Chart(testApp(), id);
}

/**
 * The objects of all charts, in the order in which `App.synth` writes them.
 *
 * Throws what `App.synth` throws when a construct does not validate.
 */
export function manifests(app: App): Manifest[] {
  // Validates the app even when it holds no chart, and orders the charts by their dependencies.
  app.synthYaml();
  return app.charts.flatMap((chart) => chart.toJson());
}

/** The objects of an app, or of one chart of an app. The whole app is validated in both cases. */
export function synth(scope: App | Chart): Manifest[] {
  return scope instanceof App ? manifests(scope) : scope.toJson();
}
