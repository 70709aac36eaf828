using System.Buffers.Binary;
using System.Text;
using ClassHub.Media;
using CsCheck;

namespace ClassHub.Tests.Files;

/// <summary>What a device noted in a film or sound is overwritten where it stands; the rest of the file is not moved and not changed.</summary>
public sealed class RecordingNotesTests
{
    private const string Secret = "SECRETPLACE";
    private static readonly byte[] Samples = [.. Enumerable.Range(0, 3_000).Select(i => (byte)(i * 7 + 1))];

    private static byte[] Text(string text) => Encoding.Latin1.GetBytes(text);
    private static byte[] Big(uint number) { var four = new byte[4]; BinaryPrimitives.WriteUInt32BigEndian(four, number); return four; }
    private static byte[] Little(int number) => BitConverter.GetBytes(number);

    private static byte[] Box(string name, params byte[][] content)
    {
        var body = content.SelectMany(c => c)
        .ToArray(); return [.. Big((uint)body.Length + 8), .. Text(name), .. body];
    }
    private static byte[] LongBox(string name, byte[] body) => [0, 0, 0, 1, .. Text(name), 0, 0, 0, 0, .. Big((uint)body.Length + 16), .. body];
    private static byte[] Times(string name) => Box(name, [0, 0, 0, 0], Big(0xE0C0FFEE), Big(0xE0C0FFEE), new byte[12]);
    private static byte[] Track() => Box("trak", Times("tkhd"), Box("mdia", Times("mdhd"), Box("hdlr", new byte[20]), Box("minf", Box("stbl", new byte[40]))),
        Box("udta", Text(Secret)), Box("meta", Text(Secret)));

    private static byte[] Film(bool notesFirst = false)
    {
        byte[][] notes = [Box("udta", Box("\u00a9xyz", Text("+51.5007-000.1246/" + Secret))),
            Box("meta", Box("hdlr", new byte[20]), Box("keys", Text("com.apple.quicktime.location" + Secret)), Box("ilst", Text(Secret)))];
        var moov = Box("moov", [.. notesFirst ? notes : [], Times("mvhd"), Track(), .. notesFirst ? [] : notes]);
        return [.. Box("ftyp", Text("isom\0\0\u0002\0isommp41")), .. moov, .. Box("free", Text(Secret)), .. LongBox("mdat", Samples),
            .. Box("uuid", Text("xmp" + Secret)), .. Box("sefd", Text(Secret)), .. LongBox("udta", Text(Secret))];
    }

    private static byte[] Element(uint id, params byte[][] content)
    {
        var body = content.SelectMany(c => c).ToArray();
        return [.. Id(id), 0x10, .. Big((uint)body.Length)[1..], .. body];
    }

    private static byte[] Id(uint id) => [.. Big(id).SkipWhile(b => b == 0)];

    /// <param name="isLive">As a browser writes it while it records: nobody knows yet how long anything is.</param>
    private static byte[] WebM(bool isLive)
    {
        var cluster = (byte[][])[Element(0xE7, [1]), Element(0xA3, Samples), Element(0xA3, Samples)];
        var info = Element(0x1549A966, Element(0xBF, [1, 2, 3, 4]), Element(0x2AD7B1, [15, 66, 64]), Element(0x7BA9, Text(Secret)),
            Element(0x4461, new byte[7], [9]), Element(0x4D80, Text("Chrome")));
        var seek = Element(0x114D9B74, Element(0x4DBB, Element(0x53AB, Id(0x1549A966)), Element(0x53AC, [50])),
            Element(0x4DBB, Element(0x53AB, Id(0x1254C367)), Element(0x53AC, [99])));
        var tags = Element(0x1254C367, Element(0x7373, Text("LOCATION" + Secret), new byte[200]));
        byte[] all = [.. seek, .. info, .. Element(0x1654AE6B, [1, 2]), .. Element(0xEC, Text(Secret)),
            .. isLive ? [.. Id(0x1F43B675), 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, .. cluster.SelectMany(c => c)] : Element(0x1F43B675, cluster),
                .. Element(0x1941A469, Text(Secret)), .. tags, .. Element(0x1254C367, Text(Secret))];
        return [.. Element(0x1A45DFA3, Element(0x4282, Text("webm"))), .. isLive ? [.. Id(0x18538067), 0xFF, .. all] : Element(0x18538067, all)];
    }

    private static byte[] Chunk(string name, params byte[][] content)
    {
        var body = content.SelectMany(c => c)
        .ToArray(); return [.. Text(name), .. Little(body.Length), .. body, .. new byte[body.Length % 2]];
    }
    private static byte[] Avi() => Chunk("RIFF", Text("AVI "), Chunk("LIST", Text("hdrl"), Chunk("avih", new byte[56]),
        Chunk("IDIT", Text("SUN NOV 29 " + Secret)), Chunk("LIST", Text("strl"), Chunk("strd", Text(Secret)))),
        Chunk("LIST", Text("INFO"), Chunk("ICMT", Text(Secret))), Chunk("JUNK", Text(Secret)), Chunk("LIST", Text("movi"), Samples));
    private static byte[] Wav() => Chunk("RIFF", Text("WAVE"), Chunk("fmt ", new byte[16]), Chunk("bext", Text(Secret)), Chunk("data", Samples),
        Chunk("LIST", Text("INFO"), Chunk("IART", Text(Secret))), Chunk("id3 ", Text(Secret)));
    private static byte[] Flac() => [.. Text("fLaC"), 0, 0, 0, 34, .. new byte[34], 4, 0, 0, 20, .. Text(Secret), .. new byte[9], 0x86, 0, 0, 11,
        .. Text(Secret), .. Samples];
    private static byte[] Mp3() => [.. Text("ID3\u0003\0\u0080\0\0\u0001\u0000"), .. Text(Secret), .. new byte[117], 0xFF, 0xFB, .. Samples,
        .. Text("TAG" + Secret), .. new byte[114]];

    private static readonly Dictionary<string, byte[]> Kinds = new()
    {
        ["a film with its notes behind"] = Film(),
        ["a film with its notes first"] = Film(notesFirst: true),
        ["a film of an old camera, without its mark"] = Film()[24..],
        ["a film of a browser"] = WebM(isLive: true),
        ["a film of a program"] = WebM(isLive: false),
        ["a film of a camera"] = Avi(),
        ["a sound of a recorder"] = Wav(),
        ["a piece of music"] = Flac(),
        ["a song"] = Mp3(),
    };
    public static readonly TheoryData<string> All = [.. Kinds.Keys];

    private static (byte[] After, bool Had) Overwritten(byte[] bytes)
    {
        using var file = new MemoryStream();
        file.Write(bytes);
        var had = RecordingNotes.Overwrite(file);
        return (file.ToArray(), had);
    }

    [Theory, MemberData(nameof(All))]
    public void The_notes_are_gone_and_what_is_seen_and_heard_is_where_it_was(string kind)
    {
        var film = Kinds[kind];
        Assert.True(film.AsSpan().IndexOf(Text(Secret)) >= 0);

        var (after, had) = Overwritten(film);

        Assert.True(had);
        Assert.Equal(film.Length, after.Length);
        Assert.True(after.AsSpan().IndexOf(Text(Secret)) < 0, "a note is left");
        var at = film.AsSpan().IndexOf(Samples);
        Assert.Equal((true, at), (at > 0, after.AsSpan().IndexOf(Samples)));
        Assert.True(after.AsSpan().IndexOf(Big(0xE0C0FFEE)) < 0, "it says when it was made");
        // Nothing is left to do, and a file without notes is not touched.
        var (again, hadAgain) = Overwritten(after);
        Assert.False(hadAgain);
        Assert.Equal(after, again);
    }

    [Fact]
    public void What_was_stopped_half_way_is_finished_when_it_is_begun_again()
    {
        var film = Film();
        var at = film.AsSpan().IndexOf("udta"u8);
        // The words went, the name of the box has not changed yet.
        film.AsSpan(at + 4, Secret.Length).Clear();

        Assert.Equal(Overwritten(Film()).After, Overwritten(film).After);
    }

    [Theory]
    [InlineData("ftypheic")]
    [InlineData("ftypavif")]
    public void A_picture_in_boxes_keeps_what_it_is_made_of(string mark)
    {
        byte[] picture = [0, 0, 0, 24, .. Text(mark), .. new byte[12], .. Box("meta", Text("where the picture is")), .. Box("moov", Box("udta", Text(Secret))),
            .. Box("mdat", Samples)];
        var (after, had) = Overwritten(picture);
        Assert.False(had);
        Assert.Equal(picture, after);
    }

    [Fact]
    public void What_is_no_film_is_not_touched()
    {
        foreach (var other in new byte[][] { [], [1, 2, 3], Text("Some words of a child, long enough to be read."),
            Box("free", Text("a diary that begins like a film")), [.. Text("PK\u0003\u0004"), .. Samples] })
        {
            var (after, had) = Overwritten(other);
            Assert.False(had);
            Assert.Equal(other, after);
        }
    }

    private static readonly Gen<byte[]> Damaged = Gen.Select(Gen.Int[0, Kinds.Count - 1], Gen.Select(Gen.Int[0, 6_000], Gen.Byte).Array[0, 12],
        Gen.Int[0, 9_000], Gen.Int[0, 3]).Select((kind, changes, cut, how) =>
    {
        var film = Kinds.Values.ElementAt(kind).ToArray();
        foreach (var (at, value) in changes) film[at % Math.Min(film.Length, how == 0 ? 400 : film.Length)] = value;
        return how switch { 1 => film[..Math.Min(film.Length, cut)], 2 => [.. film, .. film[..(cut % film.Length)]], _ => film };
    });

    /// <summary>Whatever came: it ends, it keeps its length, and what it did once it does not do again.</summary>
    [Fact]
    public void A_damaged_or_hostile_film_neither_loops_nor_grows() => Damaged.Sample(film =>
    {
        var (after, _) = Overwritten(film);
        return after.Length == film.Length && !Overwritten(after).Had;
    }, iter: 20_000);

    [Fact]
    public void Boxes_without_end_are_not_walked_without_end()
    {
        byte[] empty = [.. Box("ftyp", Text("isom\0\0\0\0")), .. Enumerable.Repeat(Box("udta"), 400_000).SelectMany(b => b),
            .. Box("moov", Box("udta", Text(Secret)))];
        byte[] deep = [.. Box("ftyp", Text("isom\0\0\0\0")), .. Enumerable.Range(0, 5_000).Aggregate(Box("udta", Text(Secret)), (inner, _) =>
            [.. Big((uint)inner.Length + 8), .. "moov"u8, .. inner])];
        byte[] voids = [.. Element(0x1A45DFA3, [0]), .. Id(0x18538067), 0xFF, .. Enumerable.Repeat<byte[]>([0xEC, 0x80], 2_000_000).SelectMany(b => b)];

        foreach (var film in new[] { empty, deep, voids }) Assert.Equal(film.Length, Overwritten(film).After.Length);
    }
}
