using System.Globalization;
using System.Text;

namespace Trainyard.Trainers.LightGbm.Native;

/// <summary>Trees as LightGBM grows them, and answers with them.</summary>
internal sealed unsafe class NativeBooster : IDisposable
{
    private readonly BoosterHandle _handle;

    private NativeBooster(BoosterHandle handle) => _handle = handle;

    /// <summary>Rounds so far.</summary>
    public int Rounds
    {
        get
        {
            NativeLog.Attach();
            LightGbmException.ThrowUnless(NativeMethods.BoosterGetRounds(_handle, out var rounds));
            return rounds;
        }
    }

    public static NativeBooster Create(NativeDataset training, BoostingOptions options)
    {
        NativeLog.Attach();
        LightGbmException.ThrowUnless(NativeMethods.BoosterCreate(training.Handle, options.Text, out var handle));
        handle.Keep(training.Handle);
        return new NativeBooster(handle);
    }

    public static NativeBooster Load(string text)
    {
        NativeLog.Attach();
        LightGbmException.ThrowUnless(NativeMethods.BoosterLoadModelFromString(text, out _, out var handle));
        return new NativeBooster(handle);
    }

    /// <summary>Rows of the same bins on which the metric is computed.</summary>
    public void AddValidation(NativeDataset validation)
    {
        NativeLog.Attach();
        LightGbmException.ThrowUnless(NativeMethods.BoosterAddValidation(_handle, validation.Handle));
        _handle.Keep(validation.Handle);
    }

    /// <summary>Grows a round of trees.</summary>
    /// <returns>Whether there was a split to make; a later round would find none either.</returns>
    public bool Grow()
    {
        NativeLog.Attach();
        LightGbmException.ThrowUnless(NativeMethods.BoosterUpdate(_handle, out var isFinished));
        return isFinished == 0;
    }

    /// <summary>The metric on the validation rows; null where there is none.</summary>
    public double? Measure()
    {
        NativeLog.Attach();
        LightGbmException.ThrowUnless(NativeMethods.BoosterGetMetricCount(_handle, out var count));
        if (count == 0)
        {
            return null;
        }

        var values = stackalloc double[count];
        LightGbmException.ThrowUnless(NativeMethods.BoosterGetMetrics(_handle, 1, out var measured, values));
        return measured == 0 ? null : values[0];
    }

    /// <summary>The model as LightGBM writes it.</summary>
    /// <param name="rounds">The first ones; all where 0.</param>
    public string ToText(int rounds = 0)
    {
        NativeLog.Attach();
        var buffer = new byte[1 << 20];
        while (true)
        {
            fixed (byte* bytes = buffer)
            {
                LightGbmException.ThrowUnless(
                    NativeMethods.BoosterSaveModelToString(_handle, 0, rounds, 0, buffer.Length, out var length, bytes)
                );
                if (length <= buffer.Length)
                {
                    return Encoding.UTF8.GetString(buffer, 0, (int)length - 1);
                }

                buffer = new byte[length];
            }
        }
    }

    /// <summary>Answers rows as LightGBM does.</summary>
    /// <param name="rows">Row by row.</param>
    public double[] Answer(ReadOnlySpan<double> rows, AnswerKind kind, int threads)
    {
        NativeLog.Attach();
        LightGbmException.ThrowUnless(NativeMethods.BoosterGetFeatures(_handle, out var features));
        var count = rows.Length / features;
        LightGbmException.ThrowUnless(
            NativeMethods.BoosterCountAnswers(_handle, count, (int)kind, 0, -1, out var length)
        );
        var answers = new double[length];
        var parameters = string.Create(CultureInfo.InvariantCulture, $"num_threads={threads} verbosity=0");
        fixed (double* input = rows)
        fixed (double* output = answers)
        {
            LightGbmException.ThrowUnless(
                NativeMethods.BoosterPredict(
                    _handle,
                    input,
                    NativeMethods.Float64,
                    count,
                    features,
                    1,
                    (int)kind,
                    0,
                    -1,
                    parameters,
                    out _,
                    output
                )
            );
        }

        return answers;
    }

    public void Dispose() => _handle.Dispose();
}
