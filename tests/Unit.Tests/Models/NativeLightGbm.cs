using System.Globalization;
using System.Runtime.InteropServices;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Models;

/// <summary>LightGBM's own library, which knows 64 bits: what it learns and predicts is what is right.</summary>
internal static partial class NativeLightGbm
{
    private const string Library = "lib_lightgbm";
    private const int Float32 = 0;
    private const int Float64 = 1;
    private const int RawScore = 1;

    /// <summary>Learns from rows, and answers rows: raw scores.</summary>
    /// <param name="objective">As LightGBM names it.</param>
    /// <param name="learned">By column, NaN where missing.</param>
    public static double[] LearnAndPredict(
        string objective,
        LightGbmOptions options,
        int trees,
        double[][] learned,
        float[] labels,
        double[][] asked
    )
    {
        var parameters = string.Create(
            CultureInfo.InvariantCulture,
            $"objective={objective} num_leaves={options.Leaves} learning_rate={options.LearningRate} "
                + $"min_data_in_leaf={options.MinRowsPerLeaf} lambda_l2={options.L2} min_sum_hessian_in_leaf=0.1 "
                + $"max_bin=255 deterministic=true force_col_wise=true num_threads=1 verbosity=-1 seed={options.Seed}"
        );
        var rows = RowMajor(learned);
        Check(DatasetCreate(rows, Float64, labels.Length, learned.Length, 1, parameters, 0, out var dataset));
        Check(DatasetSetField(dataset, "label", labels, labels.Length, Float32));
        Check(BoosterCreate(dataset, parameters, out var booster));
        for (var tree = 0; tree < trees; tree++)
        {
            Check(BoosterUpdate(booster, out _));
        }

        var answers = new double[asked[0].Length];
        Check(
            BoosterPredict(
                booster,
                RowMajor(asked),
                Float64,
                answers.Length,
                asked.Length,
                1,
                RawScore,
                0,
                -1,
                "num_threads=1",
                out _,
                answers
            )
        );
        Check(BoosterFree(booster));
        Check(DatasetFree(dataset));
        return answers;
    }

    private static double[] RowMajor(double[][] columns) =>
        [.. Enumerable.Range(0, columns[0].Length).SelectMany(row => columns.Select(column => column[row]))];

    private static void Check(int code) => Assert.True(code == 0, Marshal.PtrToStringUTF8(LastError()));

    [LibraryImport(Library, EntryPoint = "LGBM_GetLastError")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint LastError();

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetCreateFromMat", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int DatasetCreate(
        double[] data,
        int type,
        int rows,
        int columns,
        int isRowMajor,
        string parameters,
        nint reference,
        out nint dataset
    );

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetSetField", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int DatasetSetField(nint dataset, string field, float[] data, int count, int type);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetFree")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int DatasetFree(nint dataset);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterCreate", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int BoosterCreate(nint dataset, string parameters, out nint booster);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterUpdateOneIter")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int BoosterUpdate(nint booster, out int isFinished);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterFree")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int BoosterFree(nint booster);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterPredictForMat", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int BoosterPredict(
        nint booster,
        double[] data,
        int type,
        int rows,
        int columns,
        int isRowMajor,
        int predictType,
        int firstTree,
        int trees,
        string parameters,
        out long count,
        [Out] double[] answers
    );
}
