"""Feeds of each kind, as text."""

from __future__ import annotations

RSS_2 = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Lindau Gazette | Harbour</title><link>http://gazette.example/</link>
<item><title>Pier to reopen</title><link>http://gazette.example/pier</link>
<pubDate>Tue, 16 Oct 2018 23:30:00 -0500</pubDate></item>
<item><title>Ferries &amp;amp; boats &lt;b&gt;late&lt;/b&gt;</title><link>/ferries?a=1&amp;b=2</link>
<guid isPermaLink="false">tag:2</guid></item>
<item><guid>http://gazette.example/permanent</guid></item>
</channel></rss>"""

RSS_091 = """<?xml version="1.0"?><rss version="0.91"><channel><title>Lindau Gazette</title>
<link>http://gazette.example/</link>
<item><title>Pier to reopen</title><link>http://gazette.example/pier</link></item></channel></rss>"""

RSS_090 = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">
<channel><title>Lindau Gazette</title><link>http://gazette.example/</link></channel>
<item><title>Pier to reopen</title><link>http://gazette.example/pier</link></item></rdf:RDF>"""

RSS_10 = """<?xml version="1.0" encoding="utf-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="http://gazette.example/feed"><title>Lindau Gazette</title><link>http://gazette.example/</link>
</channel>
<item rdf:about="http://gazette.example/pier"><title>Pier to reopen</title>
<link>http://gazette.example/pier</link><dc:date>2018-10-16T23:30:00-05:00</dc:date></item></rdf:RDF>"""

ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">
<title>Lindau Gazette</title><link href="http://gazette.example/"/><updated>2019-01-01T00:00:00Z</updated>
<entry><title>Pier to reopen</title><link rel="enclosure" href="http://gazette.example/sound.mp3"/>
<link href="http://gazette.example/pier"/><id>urn:uuid:1</id>
<published>2018-10-16T23:30:00-05:00</published><updated>2019-01-01T00:00:00Z</updated></entry></feed>"""
