using System.Text.RegularExpressions;
using Microsoft.ML.OnnxRuntime;

namespace Trainyard.Trainers.OnnxModel;

/// <summary>Opens files of ONNX with ONNX Runtime. Rows are answered in blocks by as many threads as a step has, so
/// each asks on its own thread: then how many there are changes no bit. What sort of processor it is may, for the
/// library has kernels of its own for each.</summary>
internal static partial class OnnxSession
{
    /// <summary>No folder is below a file.</summary>
    private static readonly string NoFolder = Path.Combine(Environment.ProcessPath ?? "/dev/null", "none");

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

        // Weights in another file are refused when the file is taken; whatever is left of them is found nowhere.
        options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", NoFolder);

        // Not the library's own format, behind which there is no room for what is read.
        options.AddSessionConfigEntry("session.load_model_format", "ONNX");
        try
        {
            return new InferenceSession(file, options);
        }
        catch (OnnxRuntimeException full) when (IsOfMemory(full))
        {
            throw NoMemory();
        }
        catch (OnnxRuntimeException refused)
        {
            throw new InvalidDataException(
                $"ONNX Runtime {OrtEnv.Instance().GetVersionString()} says: {ReasonOf(refused)}",
                refused
            );
        }
    }

    /// <summary>Whether it had not the memory that it asked for, which is no fault of file or rows.</summary>
    public static bool IsOfMemory(OnnxRuntimeException problem) => Memory().IsMatch(problem.Message);

    /// <summary>What is thrown then. Without the cause, which would be told in its place.</summary>
    public static InsufficientMemoryException NoMemory() => new("ONNX Runtime got no memory.");

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

    [GeneratedRegex("bad_alloc|[Ff]ailed to allocate|smaller than requested bytes")]
    private static partial Regex Memory();

    [GeneratedRegex(@"\A\[ErrorCode:\w+\]\s*")]
    private static partial Regex Code();
}
