using Trainyard.Learning.Encoding;
using Trainyard.Learning.Tasks;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Trainers;

namespace Trainyard.Models;

/// <summary>A model that was made elsewhere, before there are rows to measure it on.</summary>
public static class BroughtModel
{
    /// <summary>Takes it as for a training of no rows; 78 where it cannot be asked, or fits neither task nor features.
    /// C# features are none of them, for who they are is known when they are made.</summary>
    /// <param name="files">Those that the options of the trainer name, by their names.</param>
    public static void Demand(
        Definition definition,
        IReadOnlyDictionary<string, byte[]> files,
        CancellationToken cancel
    )
    {
        var model = definition.Model;
        var encoder = new Encoder
        {
            Columns =
            [
                .. FeaturePlan
                    .FeaturesOf(definition.Features)
                    .Select(feature => new EncodedColumn
                    {
                        Name = feature.Name,
                        Kind =
                            feature.Role == FeatureRole.Number ? FeatureColumnKind.Number : FeatureColumnKind.Category,
                        IsAsIs = true,
                    }),
            ],
        };
        using var training = TrainerList.Of(model.Trainer).Begin(model.Options, files);
        foreach (var part in LearningTasks.Of(model.Task).PartsOf(definition))
        {
            training.Fit(
                new Lesson
                {
                    Encoder = encoder,
                    Rows = new EncodedRows(0, [.. encoder.Columns.Select(_ => Array.Empty<float>())]),
                    Targets = new Targets([]),
                    Known = [],
                    Learned = [],
                    Objective = part.Objective,
                    Threads = 1,
                },
                cancel
            );
        }
    }
}
