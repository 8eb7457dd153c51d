using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Trainers.LightGbm.Native;

namespace Trainyard.Trainers.LightGbm;

/// <summary>What LightGBM's library cannot do, in words.</summary>
internal static class LibraryFault
{
    /// <summary>Null where it was not the library that failed.</summary>
    public static Fault? Of(Exception failed, Lesson lesson) =>
        failed switch
        {
            DllNotFoundException => Fault.BadConfiguration(
                "LightGBM's native library cannot be loaded. On Linux it needs x64, glibc and libgomp: "
                    + "'apt-get install libgomp1' (Debian, Ubuntu) or 'dnf install libgomp' (Fedora). Nothing was "
                    + "changed.",
                failed
            ),
            LightGbmException => Fault.BadData(
                $"LightGBM cannot learn from the {lesson.Learned.Length} rows under these model.options: "
                    + $"{failed.Message.Split('\n')[0].TrimEnd('.')}. Mend the rows, or the options. Nothing was "
                    + "changed.",
                failed
            ),
            _ => null,
        };
}
