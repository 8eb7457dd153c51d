using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>How options are searched: each trial learns with others, and the one that is best on validation goes
/// on.</summary>
public sealed record TuneSpec
{
    [Description("How many options are tried at most; the first are those that the spec has without tune.")]
    [Range(2, 1000)]
    public int Trials { get; init; } = 30;

    [Description("No trial begins once those before took so long together. Default: there is no limit.")]
    [RegularExpression("[1-9][0-9]{0,4} (minute|hour)s?")]
    [Example("20 minutes")]
    public string? Time { get; init; }

    [Description("Which options are searched, and between which values. Default: the trainer's own space.")]
    public IReadOnlyDictionary<string, Ends>? Search { get; init; }

    /// <summary>The same as a length of time.</summary>
    [JsonIgnore]
    public TimeSpan? Limit
    {
        get
        {
            if (Time?.Split(' ') is not [var count, var unit])
            {
                return null;
            }

            var number = int.Parse(count, CultureInfo.InvariantCulture);
            return unit.StartsWith('m') ? TimeSpan.FromMinutes(number) : TimeSpan.FromHours(number);
        }
    }
}
