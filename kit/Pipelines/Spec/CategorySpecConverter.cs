using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Trainyard.Pipelines;

/// <summary>Reads <c>carrier</c> or <c>{column: tailnum, keep: 500}</c>.</summary>
internal sealed class CategorySpecConverter()
    : ColumnConverter<CategorySpec, CategorySpecConverter.Long>("{column, keep}")
{
    internal sealed record Long
    {
        [Description("The column.")]
        public required string Column { get; init; }

        [Description("How many of the most frequent levels are kept.")]
        [Range(1, 100_000)]
        public int? Keep { get; init; }
    }

    protected override CategorySpec Of(string column) => new() { Column = column };

    protected override CategorySpec Of(Long full) =>
        new() { Column = full.Column, Keep = full.Keep ?? CategorySpec.KeepByDefault };

    protected override Long InFull(CategorySpec spec) => new() { Column = spec.Column, Keep = spec.Keep };
}
