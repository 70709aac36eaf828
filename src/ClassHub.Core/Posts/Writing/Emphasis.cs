using System.Text;

namespace ClassHub.Posts;

/// <summary>Pairs the marks of emphasis: what finds no partner stays as it was typed.</summary>
internal sealed class Emphasis
{
    private sealed class Mark(char sign, int count, bool opens, bool closes)
    {
        public char Sign => sign;
        public int Left { get; set; } = count;
        public bool Opens { get; set; } = opens;
        public bool Closes => closes;
        public string Opened { get; set; } = "";
        public string Closed { get; set; } = "";

        public override string ToString() => Closed + new string(sign, Left) + Opened;
    }

    private readonly List<object> pieces = [];
    private readonly List<Mark> marks = [];

    public void Add(string html) => pieces.Add(html);

    public void Add(char sign, int count, bool opens, bool closes)
    {
        var mark = new Mark(sign, count, opens, closes);
        pieces.Add(mark);
        marks.Add(mark);
    }

    public string ToHtml()
    {
        for (var i = 0; i < marks.Count; i++) if (marks[i].Closes) Close(i);
        return new StringBuilder().AppendJoin("", pieces).ToString();
    }

    private void Close(int closing)
    {
        var close = marks[closing];
        for (var i = closing - 1; i >= 0 && close.Left > 0;)
        {
            var open = marks[i];
            if (!open.Opens || open.Left == 0 || open.Sign != close.Sign || (close.Sign == '~' && (open.Left < 2 || close.Left < 2))) { i--; continue; }
            var used = open.Left >= 2 && close.Left >= 2 ? 2 : 1;
            var tag = close.Sign == '~' ? "del" : used == 2 ? "strong" : "em";
            (open.Left, close.Left) = (open.Left - used, close.Left - used);
            (open.Opened, close.Closed) = ($"<{tag}>{open.Opened}", $"{close.Closed}</{tag}>");
            // What stands between has found its partners, or none.
            for (var inner = i + 1; inner < closing; inner++) marks[inner].Opens = false;
            if (open.Left == 0) i--;
        }
    }
}
