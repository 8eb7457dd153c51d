using Trainyard.Datasets;
using Trainyard.Pipelines;

namespace Trainyard.Steps.Features;

/// <summary>The sine or cosine of a part of the calendar, so that 23:59 is near 00:00.</summary>
/// <remarks>A part has few values (1,440 at most), and writing digits costs more than anything else here: each is written once.</remarks>
internal sealed class Cyclic(LocalTime time, CalendarPart part, Wave wave) : Computation
{
    private readonly double _period = FeaturePlan.Period(part) ?? throw new ArgumentException($"{part} never comes round again.", nameof(part));
    private readonly Dictionary<int, (double Value, byte[] Text)> _written = [];

    public override void Write(Cell cell)
    {
        if (time.Value is not { } local)
        {
            cell.Null();
            return;
        }

        var at = Calendar.Of(local, part);
        if (!_written.TryGetValue(at, out var written))
        {
            _written[at] = written = Of(at);
        }

        cell.Number(written.Text, written.Value);
    }

    private (double Value, byte[] Text) Of(int at)
    {
        var (sine, cosine) = Math.SinCos(Math.Tau * at / _period);
        var value = wave == Wave.Sine ? sine : cosine;
        var text = new CopyText();
        text.Double(value);
        return (value, text.Bytes.ToArray());
    }
}
