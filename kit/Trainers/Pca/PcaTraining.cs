using System.Globalization;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;

namespace Trainyard.Trainers.Pca;

/// <summary>Finds the directions in which rows differ most, and how much they do there. What is left shares one
/// variance, and all are drawn to their mean: of rare levels and of few rows, variances are guesses.</summary>
internal sealed class PcaTraining(PcaOptions options) : ITraining
{
    /// <summary>Of more places the components take minutes.</summary>
    private const int MostPlaces = 2000;

    public Fitted Fit(Lesson lesson, CancellationToken cancel, IProgress<string>? progress = null)
    {
        var space = new Design(lesson.Encoder);
        var places = space.Places - 1;
        if (places > MostPlaces)
        {
            throw Fault.BadData(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The features have {places:N0} numbers and levels together, and components are found of "
                        + $"{MostPlaces:N0} at most. Keep fewer levels (features.categories: {{column, keep}}), or "
                        + $"name another trainer. Nothing was changed."
                )
            );
        }

        progress?.Report(string.Create(CultureInfo.InvariantCulture, $"covariances of {places} numbers and levels"));
        var (means, covariances) = Covariances.Of(
            space,
            lesson.Rows,
            [.. lesson.Learned.Order()],
            lesson.Threads,
            cancel
        );
        var varying = Enumerable.Range(0, places).Count(place => covariances[place][place] > 0);
        if (varying == 0)
        {
            throw Fault.BadData(
                $"Nothing can be learned from the {lesson.Learned.Length} rows: all that the model reads of them is "
                    + "the same. Mend the rows. Nothing was changed."
            );
        }

        cancel.ThrowIfCancellationRequested();
        progress?.Report("components");
        var scales = PlaceScales.Of(space, lesson.Encoder, covariances);
        for (var place = 0; place < places; place++)
        {
            for (var other = 0; other < places; other++)
            {
                covariances[place][other] *= scales[place] * scales[other];
            }
        }

        // A stop does not wait for it: it is left behind, and ends with the program.
        Control.MaxDegreeOfParallelism = lesson.Threads;
        var finding = Task.Run(
            () => Matrix<double>.Build.DenseOfRowArrays(covariances).Evd(Symmetricity.Symmetric),
            cancel
        );
        var found = finding.WaitAsync(cancel).GetAwaiter().GetResult();

        // They come from the least variance on; what rounding puts below 0 is 0.
        var count = Math.Min(lesson.Size ?? options.Components, varying);
        var variances = found.EigenValues.Select(value => Math.Max(0, value.Real)).Reverse().ToArray();
        var components = Enumerable
            .Range(0, count)
            .Select(component => found.EigenVectors.Column(places - 1 - component).ToArray())
            .ToArray();
        return new Fitted(
            count,
            new PcaScorer(
                PcaModel.Of(
                    lesson.Encoder,
                    means,
                    scales,
                    covariances,
                    components,
                    variances,
                    varying,
                    options.Shrink.Value
                ),
                lesson.Encoder
            )
        );
    }

    public void Dispose() { }
}
