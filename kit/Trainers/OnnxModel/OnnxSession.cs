using System.Text.RegularExpressions;
using Microsoft.ML.OnnxRuntime;

namespace Trainyard.Trainers.OnnxModel;

/// <summary>Opens files of ONNX with ONNX Runtime. Rows are answered in blocks by as many threads as a step has, so
/// each asks on its own thread: then the same rows get the same bits whatever the machine.</summary>
internal static partial class OnnxSession
{
    private static readonly Lock Gate = new();

    /// <summary>Throws an <see cref="InvalidDataException"/> with a sentence that says why the library does not take
    /// it.</summary>
    public static InferenceSession Open(byte[] file)
    {
        KeepQuiet();
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        try
        {
            return new InferenceSession(file, options);
        }
        catch (OnnxRuntimeException refused)
        {
            throw new InvalidDataException(
                $"ONNX Runtime {OrtEnv.Instance().GetVersionString()} says: {ReasonOf(refused)}",
                refused
            );
        }
    }

    /// <summary>What the library says, as a sentence.</summary>
    public static string ReasonOf(OnnxRuntimeException problem)
    {
        const int most = 300;
        var said = Code().Replace(problem.Message, "").Split('\n')[0].Trim();
        said = said.Length > most ? $"{said[..most]}…" : said;
        return said.EndsWith('.') ? said : $"{said}.";
    }

    /// <summary>The library writes to standard error unless it is told not to before it does anything.</summary>
    private static void KeepQuiet()
    {
        lock (Gate)
        {
            if (!OrtEnv.IsCreated)
            {
                var options = new EnvironmentCreationOptions
                {
                    logId = "trainyard",
                    logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
                };
                OrtEnv.CreateInstanceWithOptions(ref options);
            }
        }
    }

    [GeneratedRegex(@"\A\[ErrorCode:\w+\]\s*")]
    private static partial Regex Code();
}
