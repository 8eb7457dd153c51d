using System.Globalization;

namespace Trainyard.Trainers.LightGbm.Native;

/// <summary>How LightGBM turns values into bins.</summary>
internal sealed record BinningOptions
{
    /// <summary>The most bins of a column; 255.</summary>
    public int MostBins { get; init; } = 255;

    /// <summary>The fewest rows of a bin; 3.</summary>
    public int MinRowsPerBin { get; init; } = 3;

    /// <summary>Rows from which bins are learned, drawn at random where there are more; 200,000.</summary>
    public int SampledRows { get; init; } = 200_000;

    /// <summary>Whether zero is missing as well as NaN; not by default.</summary>
    public bool IsZeroMissing { get; init; }

    /// <summary>Columns of levels (whole numbers from 0), which are split by sets of them; none by default.</summary>
    public IReadOnlyList<int> Categorical { get; init; } = [];

    /// <summary>Of the sample; 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>All processors where 0.</summary>
    public int Threads { get; init; }

    /// <summary>Columns that no split parts are kept, for a subset might be split where the whole is not, and the
    /// other way round.</summary>
    public string Text =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"max_bin={MostBins} min_data_in_bin={MinRowsPerBin} bin_construct_sample_cnt={SampledRows} "
                + $"data_random_seed={Seed} num_threads={Threads} feature_pre_filter=false verbosity=0 "
                + $"zero_as_missing={(IsZeroMissing ? "true" : "false")} "
                + $"categorical_feature={string.Join(',', Categorical)}"
        );
}
