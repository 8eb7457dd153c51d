using System.Numerics;

namespace Trainyard.Datasets;

/// <summary>
/// The fewest digits that read back as the same double, and of those the nearest, as .NET writes them too: Schubfach
/// (Giulietti, The Schubfach way to render doubles, 2020), for the magnitudes at which its products are exact in 128
/// bits.
/// </summary>
internal static class ShortestDigits
{
    private const int MantissaBits = 52;
    private const int ExponentBias = 1075;

    /// <summary>All of these a ulong holds.</summary>
    public static readonly ulong[] Tens =
    [
        .. Enumerable.Range(0, 20).Select(power => (ulong)BigInteger.Pow(10, power)),
    ];

    /// <summary>Whether <see cref="Of"/> knows a number: positive, and neither whole nor small.</summary>
    public static bool Knows(double value) => value is >= 1e-3 and < 1e15 && value != Math.Floor(value);

    /// <summary>The number is its digits, of which the last <c>Decimals</c> stand after the point; none of those at
    /// the end is 0.</summary>
    public static (ulong Digits, int Decimals) Of(double value)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var fraction = bits & ((1UL << MantissaBits) - 1);
        var mantissa = fraction | (1UL << MantissaBits);
        var down = ExponentBias - (int)(bits >> MantissaBits);

        // At a power of two the next double below is nearer than the one above.
        var isPower = fraction == 0;
        // The logarithm of the distance between neighbours, rounded up: with so many decimals there is always one
        // between.
        var decimals = -(((-down * 1262611) - (isPower ? 524031 : 0)) >> 22);
        var ten = Tens[decimals];

        // In quarters of the last digit, so that the half-way points to the neighbours are whole numbers too.
        var odd = mantissa & 1;
        var exact = Scaled(4 * mantissa, ten, down);
        var least = Scaled((4 * mantissa) - (isPower ? 1UL : 2UL), ten, down) + odd;
        var most = Scaled((4 * mantissa) + 2, ten, down) - odd;

        var digits = exact / 4;
        var shorter = digits / 10;
        var isDown = least <= 40 * shorter;
        var isUp = (40 * shorter) + 40 <= most;
        if (isDown != isUp)
        {
            return WithoutZeros(isUp ? shorter + 1 : shorter, decimals - 1);
        }

        isDown = least <= 4 * digits;
        isUp = (4 * digits) + 4 <= most;
        var half = (4 * digits) + 2;
        var roundsUp = isDown != isUp ? isUp : exact > half || (exact == half && digits % 2 == 1);
        return WithoutZeros(roundsUp ? digits + 1 : digits, decimals);
    }

    /// <summary>The product over a power of two; where that cuts something off, the result is odd, so that
    /// comparisons stay right.</summary>
    private static ulong Scaled(ulong quarters, ulong ten, int down)
    {
        var product = new UInt128(Math.BigMul(quarters, ten, out var low), low);
        var scaled = product >> down;
        return (ulong)scaled | (scaled << down == product ? 0UL : 1UL);
    }

    private static (ulong Digits, int Decimals) WithoutZeros(ulong digits, int decimals)
    {
        while (decimals > 0 && digits % 10 == 0)
        {
            (digits, decimals) = (digits / 10, decimals - 1);
        }

        return (digits, decimals);
    }
}
