using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;

namespace Trainyard.Models;

/// <summary>What a try has given.</summary>
/// <param name="Trainer">What has learned, be it named by the spec or chosen.</param>
/// <param name="Size">What validation picked, in the trainer's unit.</param>
/// <param name="Rows">Those that the first fits were held against, by their places in the frame.</param>
/// <param name="Scores">What they gave for them.</param>
/// <param name="Measured">Null where it was not wanted.</param>
public sealed record Tried(
    Trainer Trainer,
    Encoder Encoder,
    int Size,
    int[] Rows,
    Scores Scores,
    Reading Reading,
    TrainedModel? Measured
);
