using System.Globalization;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Datasets;

public sealed class DatasetWriterTests
{
    private static readonly Column[] Columns = [SomeData.Key, new("x", ColumnType.Text, true)];

    [Fact]
    public void Fields_have_the_form_of_COPY()
    {
        var csv = SomeData.Write(
            writer =>
            {
                void Row(Action field)
                {
                    writer.Integer(writer.Rows);
                    field();
                    writer.EndRecord();
                }

                Row(writer.Null);
                Row(() => writer.Text(""));
                Row(() => writer.Text((string?)null));
                Row(() => writer.Text("a \"b\", c\nd"));
                Row(() => writer.Boolean(true));
                Row(() => writer.Number(0.1));
                Row(() => writer.Number(3));
                Row(() => writer.Number(1e300));
                Row(() => writer.Number(double.NaN));
                Row(() => writer.Number(double.NegativeInfinity));
                Row(() => writer.Instant(new DateTimeOffset(2013, 1, 1, 0, 0, 0, TimeSpan.FromHours(-5))));
            },
            Columns
        );
        Assert.Equal(
            "id,x\n0,\n1,\"\"\n2,\n3,\"a \"\"b\"\", "
                + "c\nd\"\n4,t\n5,0.1\n6,3\n7,1e+300\n8,\n9,-Infinity\n10,2013-01-01 05:00:00+00\n",
            csv
        );
    }

    [Fact]
    public void Numbers_have_the_digits_that_dotnet_gives_them()
    {
        var random = new Random(1);
        List<double> values =
        [
            0.001,
            Math.BitDecrement(0.001),
            0.3,
            5e-324,
            9007199254740993,
            Math.BitDecrement(1e15),
            999999999999999.9,
            4503599627370497.5,
            123456789012345.67,
        ];
        for (var power = -14; power < 52; power++)
        {
            var two = Math.ScaleB(1, power);
            values.AddRange([two, Math.BitIncrement(two), Math.BitDecrement(two), 1.5 * two]);
        }

        for (var row = 0; row < 100_000; row++)
        {
            var magnitude = Math.ScaleB(1 + random.NextDouble(), random.Next(-12, 52));
            values.AddRange([
                magnitude,
                -random.Next(1_000_000) / 1000.0,
                random.Next(100_000) / 100.0 * (random.Next(100_000) / 100.0),
                Math.Round(magnitude, random.Next(0, 10)),
            ]);
        }

        var written = SomeData
            .Write(
                writer =>
                    values.ForEach(value =>
                    {
                        writer.Number(value);
                        writer.EndRecord();
                    }),
                [new("x", ColumnType.Double, false)]
            )
            .Split('\n')[1..^1];
        Assert.Equal(values.Count, written.Length);
        foreach (var (value, text) in values.Zip(written).Where(entry => Math.Abs(entry.First) is >= 1e-4 and < 1e15))
        {
            Assert.Equal(value.ToString("R", CultureInfo.InvariantCulture), text);
        }
    }

    [Fact]
    public void A_field_passes_through_unchanged()
    {
        const string Csv = "id,x\n1,\n2,\"\"\n3,plain\n4,\"a \"\"b\"\", c\nd\"\n5,\"\"\"\"\n6,é\n";
        using var reader = SomeData.Reader(Csv, Columns);
        Assert.Equal(
            Csv,
            SomeData.Write(
                writer =>
                {
                    while (reader.Read())
                    {
                        writer.Raw(reader.Raw(0));
                        writer.Raw(reader.Raw(1));
                        writer.EndRecord();
                    }
                },
                Columns
            )
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(123456789012345.6)]
    [InlineData(1e15)]
    [InlineData(-9007199254740993)]
    [InlineData(1e-5)]
    [InlineData(double.Epsilon)]
    [InlineData(double.MaxValue)]
    public void A_number_reads_back_the_same(double value)
    {
        var csv = SomeData.Write(
            writer =>
            {
                writer.Integer(1);
                writer.Number(value);
                writer.EndRecord();
            },
            Columns
        );
        using var reader = SomeData.Reader(csv, SomeData.Key, new Column("x", ColumnType.Double, true));
        reader.Read();
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(reader.Number(1)));
    }

    [Fact]
    public void A_record_with_a_field_too_few_is_a_bug() =>
        Assert.Equal(
            "A record has 1 fields, and the dataset 2 columns.",
            Assert
                .Throws<InvalidOperationException>(() =>
                    SomeData.Write(
                        writer =>
                        {
                            writer.Integer(1);
                            writer.EndRecord();
                        },
                        Columns
                    )
                )
                .Message
        );
}
