using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Jint;
using Jint.Runtime;

namespace ClassHub.Posts;

/// <summary>Turns the formulae in a text into MathML when it is saved, so that a page only shows them.
/// LaTeX is read by Temml inside an interpreter with limits: it reaches no file, no network and no clock.</summary>
public static partial class MakeFormulae
{
    public const int Most = 200;
    private const int Remembered = 2_000;
    /// <summary>A usual formula takes some thousand statements; Temml itself must be read within these limits too, on a slow machine.</summary>
    private const int MostStatements = 1_000_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private static readonly ConcurrentDictionary<string, Formula.Made?> remembered = new();
    private static readonly Lock one = new();
    private static Engine? engine;

    /// <summary>What <see cref="Post.Formulae"/> keeps; none when there is no formula in it.</summary>
    /// <param name="unread">Those that are no formula: they stay as they were typed.</param>
    public static string? Of(string? typed, out IReadOnlyList<string> unread)
    {
        var wanted = new List<string>();
        if (typed?.Contains('$', StringComparison.Ordinal) == true) Markdown.ToHtml(new Written(typed) { Wanted = wanted });
        var read = new Dictionary<string, Formula.Made>();
        var since = Stopwatch.StartNew();
        foreach (var tex in wanted.Distinct().Take(Most).TakeWhile(_ => since.Elapsed < Longest)) if (One(tex) is { } made) read.Add(tex, made);
        unread = [.. wanted.Distinct().Where(tex => !read.ContainsKey(tex))];
        return read.Count == 0 ? null : Formula.Keep(read);
    }

    private static Formula.Made? One(string tex)
    {
        if (remembered.TryGetValue(tex, out var known)) return known;
        if (remembered.Count > Remembered) remembered.Clear();
        return remembered[tex] = Draw(tex) is { } drawn && MathMl.Read(drawn) is { } made ? new(made.MathMl, made.Words) : null;
    }

    private static string? Draw(string tex)
    {
        lock (one)
        {
            try { return (engine ??= Start()).Invoke("draw", Fraction().Replace(tex, @"\frac{$1}{$2}")).AsString(); }
            // Temml says what is wrong with it.
            catch (JavaScriptException) { return null; }
            // A limit was reached: whatever is half done goes with the interpreter.
            catch (Exception e) when (e is JintException or TimeoutException or InsufficientExecutionStackException)
            {
                engine = null;
                return null;
            }
        }
    }

    private static Engine Start()
    {
        using var script = new StreamReader(typeof(Formula).Assembly.GetManifestResourceStream("temml.min.js")!);
        var engine = new Engine(limits => limits
            .LimitRecursion(500).MaxStatements(MostStatements).TimeoutInterval(Longest).LimitMemory(64_000_000).DisableStringCompilation());
        engine.Execute(script.ReadToEnd());
        engine.Execute("function draw(tex) { return temml.renderToString(tex, "
            + "{ throwOnError: true, trust: false, maxExpand: 100, maxSize: [10, 10], macros: {} }) }");
        return engine;
    }

    /// <summary>As typed by those who know no LaTeX: 3/4.</summary>
    [GeneratedRegex(@"(?<![\w}\\)/.,])([0-9]+|[a-z])/([0-9]+|[a-z])(?![\w{(/.,])", RegexOptions.None, 1000)]
    private static partial Regex Fraction();
}
