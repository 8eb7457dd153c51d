using System.Runtime.InteropServices;

namespace Trainyard.Trainers.LightGbm.Native;

/// <summary>What LightGBM refused, in its words.</summary>
public sealed class LightGbmException : Exception
{
    public LightGbmException() { }

    public LightGbmException(string message)
        : base(message) { }

    public LightGbmException(string message, Exception inner)
        : base(message, inner) { }

    /// <summary>Of a call just made on this thread.</summary>
    internal static void ThrowUnless(int code)
    {
        if (code != 0)
        {
            var words = Marshal.PtrToStringUTF8(NativeMethods.LastError());
            throw new LightGbmException(string.IsNullOrWhiteSpace(words) ? $"error {code}" : words.Trim());
        }
    }
}
