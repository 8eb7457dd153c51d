using System.Runtime.InteropServices;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace Trainyard.Trainers.LightGbm.Native;

/// <summary>LightGBM's C API, as far as it is used here. Each answers 0, or leaves its error with
/// <see cref="LastError"/>.</summary>
internal static unsafe partial class NativeMethods
{
    public const int Float32 = 0;
    public const int Float64 = 1;
    public const int Int32 = 2;

    private const string Library = "lib_lightgbm";

    [LibraryImport(Library, EntryPoint = "LGBM_GetLastError")]
    public static partial nint LastError();

    [LibraryImport(Library, EntryPoint = "LGBM_RegisterLogCallback")]
    public static partial int RegisterLogCallback(delegate* unmanaged[Cdecl]<byte*, void> callback);

    [LibraryImport(Library, EntryPoint = "LGBM_SetMaxThreads")]
    public static partial int SetMaxThreads(int threads);

    [LibraryImport(Library, EntryPoint = "LGBM_GetSampleCount", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int GetSampleCount(int rows, string parameters, out int count);

    [LibraryImport(Library, EntryPoint = "LGBM_SampleIndices", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SampleIndices(int rows, string parameters, int* indices, out int count);

    [LibraryImport(
        Library,
        EntryPoint = "LGBM_DatasetCreateFromSampledColumn",
        StringMarshalling = StringMarshalling.Utf8
    )]
    public static partial int DatasetCreateFromSampledColumn(
        double** values,
        int** indices,
        int columns,
        int* countOfColumn,
        int sampledRows,
        int localRows,
        long rowsInAll,
        string parameters,
        out DatasetHandle dataset
    );

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetPushRows")]
    public static partial int DatasetPushRows(
        DatasetHandle dataset,
        double* rows,
        int type,
        int count,
        int columns,
        int first
    );

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetPushRowsByCSR")]
    public static partial int DatasetPushSparseRows(
        DatasetHandle dataset,
        int* starts,
        int startsType,
        int* columnsOfValues,
        double* values,
        int type,
        long startsCount,
        long valuesCount,
        long columns,
        long first
    );

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetGetSubset", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int DatasetGetSubset(
        DatasetHandle dataset,
        int* rows,
        int count,
        string parameters,
        out DatasetHandle subset
    );

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetSetField", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int DatasetSetField(DatasetHandle dataset, string field, void* data, int count, int type);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetFree")]
    public static partial int DatasetFree(nint dataset);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterCreate", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int BoosterCreate(DatasetHandle training, string parameters, out BoosterHandle booster);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterLoadModelFromString", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int BoosterLoadModelFromString(string text, out int rounds, out BoosterHandle booster);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterFree")]
    public static partial int BoosterFree(nint booster);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterAddValidData")]
    public static partial int BoosterAddValidation(BoosterHandle booster, DatasetHandle validation);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterUpdateOneIter")]
    public static partial int BoosterUpdate(BoosterHandle booster, out int isFinished);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterGetCurrentIteration")]
    public static partial int BoosterGetRounds(BoosterHandle booster, out int rounds);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterGetNumFeature")]
    public static partial int BoosterGetFeatures(BoosterHandle booster, out int features);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterGetEvalCounts")]
    public static partial int BoosterGetMetricCount(BoosterHandle booster, out int count);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterGetEval")]
    public static partial int BoosterGetMetrics(BoosterHandle booster, int data, out int count, double* values);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterSaveModelToString")]
    public static partial int BoosterSaveModelToString(
        BoosterHandle booster,
        int firstRound,
        int rounds,
        int importanceType,
        long bufferLength,
        out long length,
        byte* buffer
    );

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterCalcNumPredict")]
    public static partial int BoosterCountAnswers(
        BoosterHandle booster,
        int rows,
        int kind,
        int firstRound,
        int rounds,
        out long count
    );

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterPredictForMat", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int BoosterPredict(
        BoosterHandle booster,
        double* rows,
        int type,
        int count,
        int columns,
        int isRowMajor,
        int kind,
        int firstRound,
        int rounds,
        string parameters,
        out long answersCount,
        double* answers
    );
}
