using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Trainyard.Trainers.LightGbm.Native;

/// <summary>
/// What LightGBM has to say. Without a callback it prints to standard output, and it keeps one callback a thread; so
/// whoever calls it attaches first, on the thread of the call.
/// </summary>
internal static unsafe class NativeLog
{
    [ThreadStatic]
    private static bool _isAttached;

    /// <summary>A line comes in pieces, the last of which ends it.</summary>
    [ThreadStatic]
    private static StringBuilder? _line;

    [ThreadStatic]
    private static Action<string>? _listener;

    public static void Attach()
    {
        if (!_isAttached)
        {
            LightGbmException.ThrowUnless(NativeMethods.RegisterLogCallback(&Hear));
            _isAttached = true;
        }
    }

    /// <summary>Hands this thread's warnings to <paramref name="listener"/> until it is disposed of.</summary>
    public static IDisposable Listen(Action<string> listener)
    {
        var before = _listener;
        _listener = listener;
        return new Listening(before);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Hear(byte* words)
    {
        var line = _line ??= new StringBuilder();
        _ = line.Append(Marshal.PtrToStringUTF8((nint)words));
        if (line.Length == 0 || line[^1] != '\n')
        {
            return;
        }

        var said = line.ToString().Trim();
        _ = line.Clear();
        try
        {
            _listener?.Invoke(said);
        }
        catch (Exception)
        {
            // An exception must not pass through native code; a lost line of log is the lesser harm.
        }
    }

    private sealed class Listening(Action<string>? before) : IDisposable
    {
        public void Dispose() => _listener = before;
    }
}
