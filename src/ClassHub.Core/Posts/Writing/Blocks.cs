namespace ClassHub.Posts;

/// <summary>A part of a text that stands by itself on the page.</summary>
internal abstract record Block;

internal sealed record Paragraph(string Text) : Block;
internal sealed record Heading(int Level, string Text) : Block;
internal sealed record CodeBlock(string Text) : Block;
internal sealed record Line : Block;
internal sealed record Quotation(IReadOnlyList<Block> Blocks) : Block;
/// <param name="First">The number it begins with; none when it is not numbered.</param>
internal sealed record ItemList(int? First, IReadOnlyList<Item> Items) : Block;
/// <param name="Typed">Its own first line, without the mark.</param>
internal sealed record Item(string Typed, Block[] Blocks);
/// <param name="Alignments">left, center, right or nothing, one for each column.</param>
internal sealed record Table(IReadOnlyList<string> Alignments, IReadOnlyList<IReadOnlyList<string>> Rows) : Block;
