using System.Globalization;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Hosting;

/// <summary>Writes beside a run what a step of it has failed of, under a name that no other attempt can have.</summary>
internal sealed class FailureNote(Step step, StepContext context)
{
    public async Task WriteAsync(Failure failure, CancellationToken cancel)
    {
        var (run, manifest) = (context.Run, step.ManifestOf(context));

        // A step that is done stays so, whatever it was asked for now; and a note makes no run of a mistyped id.
        if (
            await run.Store.ExistsAsync(context.NameOf(RunFolder.ManifestFile), cancel)
            || await run.Store.ExistsAsync(context.NameOf(manifest), cancel)
            || (step.Name != StepName.Extract && !await run.Store.ExistsAsync(run.RunFileName, cancel))
        )
        {
            return;
        }

        var (at, asked) = (context.Time.GetUtcNow(), context.FrozenFile is null ? step.AskedFor(context) : null);
        var note = new StepFailure
        {
            Pipeline = run.Pipeline,
            Run = run.Run,
            Step = step.Name,
            Manifest = manifest,
            Kind = context.FrozenFile?.Kind ?? asked?.Kind,
            AsOf = context.FrozenFile?.AsOf ?? asked?.AsOf,
            IsTrial = context.FrozenFile?.IsTrial ?? asked is { IsTrial: true },
            ExitCode = failure.Code,
            Sentence = Secrets.Mask(failure.Sentence),
            Outline = failure.Outline is null ? null : Secrets.Mask(failure.Outline),
            At = at,
        };
        var stem = string.Create(CultureInfo.InvariantCulture, $"{RunFolder.FailureStem}-{at:yyyyMMdd'T'HHmmss'Z'}");
        await run.Store.TryCreateAsync(context.NameOf(context.NewName(stem, "json")), Sealed.Bytes(note), cancel);
    }
}
