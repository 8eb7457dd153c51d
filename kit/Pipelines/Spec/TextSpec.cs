using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>A column of texts: what each says is known by its words and by pieces of them, hashed into
/// <see cref="Buckets"/>. So a model is no larger for more of them.</summary>
[JsonConverter(typeof(TextSpecConverter))]
public sealed record TextSpec
{
    public const int BucketsByDefault = 1 << 18;

    [Description("The column.")]
    public required string Column { get; init; }

    [Description("Into how many buckets words are hashed. What shares a bucket counts as one.")]
    [Range(1024, 4_194_304)]
    public int Buckets { get; init; } = BucketsByDefault;
}
