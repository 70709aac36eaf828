using ClassHub.Posts;
using Microsoft.Extensions.Caching.Memory;

namespace ClassHub.Web.Ui;

/// <summary>The safe HTML of what teachers wrote, made once for each version: a class of thirty opens the same task at the same minute.</summary>
public sealed class WrittenHtml(IMemoryCache cache)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(30);

    public string Html(int postId, int version, string markdown) => Once(("body", postId, version), markdown, Markdown.ToHtml);

    /// <summary>One step of a task: <paramref name="step"/> from 0, or -1 for the explanation around the steps.</summary>
    public string Part(int postId, int version, int step, string markdown) => Once(("step", postId, version, step), markdown, step < 0 ? Markdown.ToHtml : Markdown.LineToHtml);

    private string Once(object key, string markdown, Func<string, string> make) => cache.GetOrCreate(key, entry =>
    {
        var html = make(markdown);
        entry.SetSize(html.Length + 100).SetSlidingExpiration(Lasts);
        return html;
    })!;
}
