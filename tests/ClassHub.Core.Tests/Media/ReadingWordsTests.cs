using System.Text;
using ClassHub.Media;
using CsCheck;

namespace ClassHub.Tests.Files;

public sealed class ReadingWordsTests
{
    private static string Seen(Transcript words) => string.Join(" | ", words.Cues.Select(c => words.IsTimed ? $"{c.Start}-{c.End} {c.Text.Replace('\n', '/')}" : c.Text));
    private static string Refusal(string text) => Assert.Throws<RuleBroken>(() => ReadTranscript.Of(text)).Message;

    [Theory]
    [InlineData("WEBVTT\n\n00:05.000 --> 00:08.500\nHello everyone.", "5000-8500 Hello everyone.")]
    [InlineData("\uFEFFWEBVTT - a title\r\nKind: captions\r\nLanguage: en\r\n\r\n1\r\n00:00:05.000 --> 00:00:08.500 align:start position:10%\r\nHello\r\neveryone.\r\n", "5000-8500 Hello/everyone.")]
    [InlineData("WEBVTT\n\nNOTE by hand\nof two lines\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:fred\n\nintro\n00:01.000 --> 00:02.000\nHi", "1000-2000 Hi")]
    [InlineData("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Mr Okafor><b>Hello</b> <00:01.500><c.loud>there</c>, 3 < 5 &amp; 5 &gt; 3", "1000-2000 Mr Okafor: Hello there, 3 < 5 & 5 > 3")]
    [InlineData("WEBVTT\n\n01:00:01.000 --> 01:00:02.000\nLate\n\n01:00:02.000 --> 01:00:03.000\n\n01:00:04.000 --> 01:00:05.000\n<i></i>\n", "3601000-3602000 Late")]
    [InlineData("1\r\n00:00:05,000 --> 00:00:08,500\r\nHello\r\n\r\n2\r\n00:00:09,1 --> 00:00:10\r\n{\\an8}<font color=\"red\">everyone</font>\r\n", "5000-8500 Hello | 9100-10000 everyone")]
    [InlineData("1\n00:05 --> 00:08\nHello\n2\n00:08 --> 00:09\n42", "5000-8000 Hello | 8000-9000 42")]
    [InlineData("00:05 --> 00:08\rOld\r\r00:09 --> 00:10\rMac", "5000-8000 Old | 9000-10000 Mac")]
    public void Files_are_read_and_only_their_words_are_kept(string file, string seen) => Assert.Equal(seen, Seen(ReadTranscript.Of(file)));

    [Theory]
    [InlineData("0:05 Hello everyone.\n0:09 Look at the line.", "5000-9000 Hello everyone. | 9000-11000 Look at the line.")]
    [InlineData("0:05 --> 0:07 Hello\n\n1:02:03.5   Look", "5000-7000 Hello | 3723500-3725500 Look")]
    [InlineData("0:05\nHello\neveryone\n75:00 Bye", "5000-4500000 Hello/everyone | 4500000-4502000 Bye")]
    [InlineData("0:05 3:1 is a ratio\n3:1 again", "5000-7000 3:1 is a ratio/3:1 again")]
    [InlineData("0:05 10:30 is when we begin", "5000-7000 10:30 is when we begin")]
    [InlineData("0:05 <b> makes it bold --> try it", "5000-7000 <b> makes it bold → try it")]
    [InlineData("Hello everyone.\n\n  Look   at the\u0007 line.\u202E", "Hello everyone. | Look at the line.")]
    public void Typed_lines_begin_with_their_time_or_have_none(string typed, string seen) => Assert.Equal(seen, Seen(ReadTranscript.Of(typed)));

    [Fact]
    public void Words_over_the_next_words_end_where_those_begin_and_what_begins_together_is_said_together()
    {
        var words = ReadTranscript.Of("WEBVTT\n\n00:01.000 --> 00:09.000\nOne\n\n00:03.000 --> 00:04.000\nTwo\n\n00:03.000 --> 00:06.000\n0:04 three");

        Assert.Equal("1000-3000 One | 3000-6000 Two 0:04 three", Seen(words));
    }

    [Theory]
    [InlineData("", "There are no words yet.")]
    [InlineData(" \n\u200B\n", "There are no words yet.")]
    [InlineData("WEBVTT", "There are no words in this file.")]
    [InlineData("WEBVTT\n\n00:05.000 --> soon\nHello", "There are no words in this file.")]
    [InlineData("0:00:01,0:00:02\nHello", "Line 1: “0:00:01,0:00:02” is no time that can be read here.")]
    [InlineData("WEBVTT\n\n00:01.000 --> 00:02.000\nHel\0lo", "Line 4 holds something that is no text.")]
    [InlineData("Hello\n0:05 everyone", "Line 2 begins with a time, but line 1 has none.")]
    [InlineData("0:05 Hello\n0:09", "Line 2 has a time, but no words.")]
    [InlineData("0:75 Hello", "Line 1: 0:75 is no time. Times look like 0:05 or 1:02:03.")]
    [InlineData("0:09 Hello\n0:05 Back", "Line 2 begins at 0:05, before the words above it")]
    public void What_is_wrong_is_told_with_its_line(string text, string sentence) => Assert.Contains(sentence, Refusal(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("automatic captions roll",
        "WEBVTT\nKind: captions\n\n00:00:00.160 --> 00:00:02.389 align:start position:0%\n \nhello<00:00:00.400><c> everyone</c>\n\n"
            + "00:00:02.389 --> 00:00:02.399 align:start position:0%\nhello everyone\n \n\n"
            + "00:00:02.399 --> 00:00:04.950 align:start position:0%\nhello everyone\ntoday<00:00:02.800><c> fractions</c>\n\n"
            + "00:00:04.950 --> 00:00:04.960 align:start position:0%\ntoday fractions\n \n",
        "160-2399 hello everyone | 2399-4960 today fractions", 3, 0)]
    [InlineData("two speakers, one half a second back",
        "WEBVTT\n\na/12-0\n00:00:03.000 --> 00:00:06.000\n<v Ms Okafor>Hello everyone</v>\n\n"
            + "a/14-0\n00:00:02.500 --> 00:00:04.000\n<v Mr Nair>Good morning</v>\n"
            + "", "2500-3000 Mr Nair: Good morning | 3000-6000 Ms Okafor: Hello everyone", 1, 0)]
    [InlineData("a cue without length",
        "1\n00:00:01,000 --> 00:00:04,000\nHello\n\n2\n00:00:04,500 --> 00:00:04,500\nUm\n\n3\n00:00:05,000 --> 00:00:07,000\nToday",
        "1000-4000 Hello | 4500-5000 Um | 5000-7000 Today", 1, 0)]
    [InlineData("a cue that ends before it begins", "WEBVTT\n\n00:05.000 --> 00:04.000\nHello", "5000-7000 Hello", 1, 0)]
    [InlineData("a paragraph inside a cue", "1\n00:00:01,000 --> 00:00:04,000\nHello everyone\n\nand welcome\n\n2\n00:00:05,000 --> 00:00:07,000\nToday",
        "1000-4000 Hello everyone/and welcome | 5000-7000 Today", 1, 0)]
    [InlineData("places behind the times",
        "1\n00:00:01,000 --> 00:00:04,000 X1:100 X2:600 Y1:400 Y2:450\nHello\n\n2\n00:00:04,500 --> 00:00:06,000 X1:100 X2:600 Y1:400 Y2:450\nToday",
        "1000-4000 Hello | 4500-6000 Today", 0, 0)]
    [InlineData("SBV", "0:00:00.599,0:00:04.160\nHello everyone\n\n0:00:04.770,0:00:06.880\nToday: fractions",
        "599-4160 Hello everyone | 4770-6880 Today: fractions", 0, 0)]
    [InlineData("few digits", "WEBVTT\n\n00:01.0 --> 00:04.0\nHello\n\n1:00:04.000 --> 1:00:05.000\nLater", "1000-4000 Hello | 3604000-3605000 Later", 0, 0)]
    [InlineData("a time that is none", "WEBVTT\n\n00:75.000 --> 01:80.000\nLost\n\n00:01.000 --> 00:02.000\nHello", "1000-2000 Hello", 0, 1)]
    [InlineData("words before the first time", "1\n\nby Mr Okafor\n\n00:01 --> 00:02\nHello", "1000-2000 Hello", 0, 1)]
    [InlineData("somebody says the same again", "WEBVTT\n\n00:01.000 --> 00:02.000\nNo.\n\n00:02.000 --> 00:03.000\nNo.", "1000-2000 No. | 2000-3000 No.", 0,
        0)]
    [InlineData("lines of blanks between cues", "1\n00:01 --> 00:02\nHello\n \n2\n00:03 --> 00:04\nBye", "1000-2000 Hello | 3000-4000 Bye", 0, 0)]
    public void One_odd_cue_does_not_refuse_the_file(string what, string file, string seen, int mended, int leftOut)
    {
        var words = ReadTranscript.Of(file);
        Assert.Equal((what, seen, mended, leftOut), (what, Seen(words), words.Mended, words.LeftOut));
    }

    [Theory]
    [InlineData("[0:05] Hello\n[0:09] Look", "5000-9000 Hello | 9000-11000 Look")]
    [InlineData("(0:05 - 0:07) Hello", "5000-7000 Hello")]
    [InlineData("0:05 – 0:07 Hello\n0:09 - 0:10 Look", "5000-7000 Hello | 9000-10000 Look")]
    [InlineData("0:05 --> 0:07 - 0:09 is the score", "5000-7000 - 0:09 is the score")]
    public void What_looks_like_a_time_is_one(string typed, string seen)
    {
        var words = ReadTranscript.Of(typed);
        Assert.Equal(seen, Seen(words));
        Assert.Equal(words.Cues, ReadTranscript.Of(words.AsLines()).Cues);
    }

    [Fact]
    public void A_very_long_cue_is_broken_into_lines_and_a_line_that_no_cue_has_is_left_out()
    {
        var words = ReadTranscript.Of("WEBVTT\n\n00:01.000 --> 00:02.000\n" + string.Concat(Enumerable.Repeat("word ",
            300)) + "\n\n00:03.000 --> 00:04.000\nHello\n" + new string('x', 9_000));

        Assert.Equal((2, 1, 1), (words.Cues.Count, words.Mended, words.LeftOut));
        Assert.All(words.Cues, c => Assert.All(c.Text.Split('\n'), line => Assert.True(line.Length <= Transcript.LongestLine)));
        Assert.Equal(300, words.Cues[0].Text.Split(['\n', ' ']).Length);
    }

    [Fact]
    public void There_is_a_most_of_everything()
    {
        string Lines(int count) => string.Join('\n', Enumerable.Range(0, count).Select(i => $"{i / 60}:{i % 60:00} word"));

        Assert.Equal(Transcript.MostCues, ReadTranscript.Of(Lines(Transcript.MostCues)).Cues.Count);
        Assert.Contains("more than 5,000 lines", Refusal(Lines(Transcript.MostCues + 1)), StringComparison.Ordinal);
        Assert.Contains("more than 5,000 lines", Refusal(string.Join('\n', Enumerable.Repeat("word", Transcript.MostCues + 1))), StringComparison.Ordinal);
        Assert.Contains("Line 2 has more than 1,000 characters.", Refusal("0:01 Short\n0:02 " + new string('a', 1_001)), StringComparison.Ordinal);
        Assert.Contains("Line 1 has more than 1,000 characters.", Refusal("<v" + new string(' ', 500_000)), StringComparison.Ordinal);
        Assert.Contains("longer than 1.0 MB", Assert.Throws<RuleBroken>(() => ReadTranscript.Of(new byte[Transcript.MostBytes + 1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_UTF8_with_or_without_its_mark_or_UTF16_with_it()
    {
        const string File = "WEBVTT\n\n00:01.000 --> 00:02.000\nZażółć";
        foreach (var encoding in new Encoding[] { new UTF8Encoding(false), new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode })
            Assert.Equal("1000-2000 Zażółć", Seen(ReadTranscript.Of([.. encoding.GetPreamble(), .. encoding.GetBytes(File)])));

        Assert.Contains("is no text", Assert.Throws<RuleBroken>(() => ReadTranscript.Of([0xFF, 0xD8, 0xFF, 0, 1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_older_programs_write_is_read_and_what_it_was_read_as_is_told()
    {
        var words = ReadTranscript.Of([.. "1\n00:00:01,000 --> 00:00:04,000\nBonjour "u8, 0xE0, .. " tous "u8, 0x93, .. "vite"u8, 0x94]);

        Assert.Equal(("1000-4000 Bonjour à tous “vite”", "Windows-1252"), (Seen(words), words.Encoding));
    }

    private static Gen<string> OneOf(params string[] all) => Gen.Int[0, all.Length - 1].Select(i => all[i]);

    private static readonly Gen<string> Piece = Gen.OneOf(
        OneOf("WEBVTT", "\n", "\n\n", "\r\n", "\r", "NOTE x", "STYLE", " --> ", "-->", "0:05", "00:05.000", "00:00:09,500", "1:02:03", "0:75", "99:99", "12", "<b>", "</b>", "<v Ann>", "<", ">", "&amp;", "&lt;b&gt;", "&#0;", "{\\an8}", " ", "\t", "\0", "\uFEFF", "\u2028", "\u202E", "\uD800", "😀", "align:start", "- Hi"),
        Gen.String[Gen.Char[' ', '~'], 0, 12],
        Gen.Select(Gen.Int[0, 90], Gen.Int[1, 9]).Select((at, length) => $"\n{at / 60}:{at % 60:00} --> {(at + length) / 60}:{(at + length) % 60:00}\n"));

    private static readonly Gen<string> Anything = Gen.Select(OneOf("", "WEBVTT\n\n", "0:01 Hi\n", "1\n00:00:01,000 --> 00:00:02,000\n"), Piece.Array[0, 25]).Select((head, pieces) => head + string.Concat(pieces));

    /// <summary>Whatever comes: either a sentence, or words that are in order, clean, and the same when they are read again.</summary>
    [Fact]
    public void Whatever_comes_is_refused_in_a_sentence_or_comes_out_whole() => Anything.Sample(text =>
    {
        Transcript words;
        try { words = ReadTranscript.Of(text); }
        catch (RuleBroken rule) { return rule.Message.EndsWith('.'); }

        var isInOrder = words.Cues.Zip(words.Cues.Skip(1)).All(pair => !words.IsTimed || (pair.First.Start < pair.Second.Start && pair.First.End <= pair.Second.Start));
        var isClean = words.Cues.All(c => c.Text != "" && !c.Text.Contains("-->", StringComparison.Ordinal) && !c.Text.Any(ch => char.IsControl(ch) && ch != '\n') && (!words.IsTimed || c.End > c.Start));
        var isKept = ReadTranscript.OfLines(words.AsLines()).Cues.SequenceEqual(words.Cues) && ReadTranscript.Of(words.AsLines()).Cues.SequenceEqual(words.Cues);
        // Typed lines that roll are meant so; read as a file they would not be.
        var isPlayed = !words.IsTimed || ReadTranscript.Of(words.AsVtt()) is var played && (played.Mended > 0 || played.Cues.SequenceEqual(words.Cues));
        return isInOrder && isClean && isKept && isPlayed;
    }, iter: 20_000);

    [Theory]
    [InlineData("\rWEBVTT")]
    [InlineData("\n\n\u200bWEBVTT\n")]
    public void A_head_behind_empty_lines_is_a_head_and_no_words(string text) => Assert.Throws<RuleBroken>(() => ReadTranscript.Of(text));

    [Fact]
    public void Empty_lines_before_the_head_change_nothing() =>
        Assert.Equal(["Hello"], ReadTranscript.Of("\n\nWEBVTT\n\n00:01.000 --> 00:02.000\nHello\n").Cues.Select(c => c.Text));
}
