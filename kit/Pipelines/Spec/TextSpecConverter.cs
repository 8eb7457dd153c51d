using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Trainyard.Pipelines;

/// <summary>Reads <c>body</c> or <c>{column: body, buckets: 65536}</c>.</summary>
internal sealed class TextSpecConverter() : ColumnConverter<TextSpec, TextSpecConverter.Long>("{column, buckets}")
{
    internal sealed record Long
    {
        [Description("The column.")]
        public required string Column { get; init; }

        [Description("Into how many buckets words are hashed. What shares a bucket counts as one.")]
        [Range(1024, 4_194_304)]
        public int? Buckets { get; init; }
    }

    protected override TextSpec Of(string column) => new() { Column = column };

    protected override TextSpec Of(Long full) =>
        new() { Column = full.Column, Buckets = full.Buckets ?? TextSpec.BucketsByDefault };

    protected override Long InFull(TextSpec spec) => new() { Column = spec.Column, Buckets = spec.Buckets };
}
