using Trainyard.Datasets;
using Trainyard.Pipelines;

namespace Trainyard.Steps.Features;

/// <summary>The sine or cosine of a part of the calendar, so that 23:59 is near 00:00.</summary>
/// <remarks>A part has few values (1,440 at most), and writing digits costs more than anything else here: each is
/// written once.</remarks>
internal sealed class Cyclic(LocalTime time, CalendarPart part, Wave wave) : Computation
{
    private readonly double _period = PeriodOf(part);
    private readonly (double Value, byte[]? Text)[] _written = new (double, byte[]?)[
        (int)Math.Ceiling(PeriodOf(part)) + 1
    ];

    public override void Write(Cell cell)
    {
        if (time.Value is not { } local)
        {
            cell.Null();
            return;
        }

        var at = Calendar.Of(local, part);
        if (_written[at].Text is null)
        {
            _written[at] = Of(at);
        }

        cell.Number(_written[at].Text, _written[at].Value);
    }

    private (double Value, byte[] Text) Of(int at)
    {
        var (sine, cosine) = Math.SinCos(Math.Tau * at / _period);
        var value = wave == Wave.Sine ? sine : cosine;
        var text = new CopyText();
        text.Double(value);
        return (value, text.Bytes.ToArray());
    }

    private static double PeriodOf(CalendarPart part) =>
        FeaturePlan.Period(part) ?? throw new ArgumentException($"{part} never comes round again.", nameof(part));
}
