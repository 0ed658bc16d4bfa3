<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>CommandList</name>
    <message>
        <source>%1, is on</source>
        <translation>%1, ist an</translation>
    </message>
    <message>
        <source>%1, is off</source>
        <translation>%1, ist aus</translation>
    </message>
</context>
<context>
    <name>CostBars</name>
    <message>
        <source>A %1</source>
        <translation>A %1</translation>
    </message>
    <message>
        <source>B %1</source>
        <translation>B %1</translation>
    </message>
    <message>
        <source>Area of a unit</source>
        <translation>Fläche einer Einheit</translation>
    </message>
    <message>
        <source>NAND2, %1 lanes, ± %2</source>
        <translation>NAND2, %1 Lanes, ± %2</translation>
    </message>
    <message>
        <source>dot product</source>
        <translation>Skalarprodukt</translation>
    </message>
    <message>
        <source>scales</source>
        <translation>Skalen</translation>
    </message>
    <message>
        <source>accumulator</source>
        <translation>Akkumulator</translation>
    </message>
    <message>
        <source>registers</source>
        <translation>Register</translation>
    </message>
    <message>
        <source>other feature</source>
        <translation>anderes Merkmal</translation>
    </message>
    <message>
        <source>Energy per decoded token</source>
        <translation>Energie je dekodiertem Token</translation>
    </message>
    <message>
        <source>Energy per token of the prompt</source>
        <translation>Energie je Token des Prompts</translation>
    </message>
    <message>
        <source>DRAM</source>
        <translation>DRAM</translation>
    </message>
    <message>
        <source>SRAM</source>
        <translation>SRAM</translation>
    </message>
    <message>
        <source>core</source>
        <translation>Rechenkern</translation>
    </message>
    <message>
        <source>static</source>
        <translation>statisch</translation>
    </message>
    <message>
        <source>± %1</source>
        <translation>± %1</translation>
    </message>
</context>
<context>
    <name>CostCommand</name>
    <message>
        <source>cost: %1</source>
        <translation>Kosten: %1</translation>
    </message>
</context>
<context>
    <name>CostPageText</name>
    <message>
        <source>✓ %1 measured: %2 NAND2 synthesized (%3), formula %4 (%5)</source>
        <translation>✓ %1 gemessen: %2 NAND2 synthetisiert (%3), Formel %4 (%5)</translation>
    </message>
    <message>
        <source>Source:</source>
        <translation>Quelle:</translation>
    </message>
    <message>
        <source>No hardware of NxFP is published; this datapath is our design.</source>
        <translation>Für NxFP ist keine Hardware veröffentlicht; dieser Datenpfad ist unser Entwurf.</translation>
    </message>
    <message>
        <source>What is not priced, or not as it would be built:</source>
        <translation>Was keinen Preis hat oder nicht so gebaut würde:</translation>
    </message>
    <message>
        <source>%1: %2 bound, %3 MAC, %4, %5 of the time</source>
        <translation>%1: durch %2 begrenzt, %3 MAC, %4, %5 der Zeit</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>compute</source>
        <translation>Rechnen</translation>
    </message>
    <message>
        <source>A heading; choose a figure below it.</source>
        <translation>Eine Überschrift; eine Kennzahl darunter wählen.</translation>
    </message>
</context>
<context>
    <name>CostParameters</name>
    <message>
        <source>automatic</source>
        <translation>automatisch</translation>
    </message>
    <message>
        <source>product shift (exact)</source>
        <translation>Produkte schieben (exakt)</translation>
    </message>
    <message>
        <source>aligned to the largest exponent</source>
        <translation>am größten Exponenten ausgerichtet</translation>
    </message>
    <message>
        <source>decode to fixed point</source>
        <translation>in Festkomma dekodieren</translation>
    </message>
    <message>
        <source>bit-serial (as BitMoD)</source>
        <translation>bitseriell (wie BitMoD)</translation>
    </message>
    <message>
        <source>look-up table (as LUT Tensor Core, SAIL)</source>
        <translation>Nachschlagetabelle (wie LUT Tensor Core, SAIL)</translation>
    </message>
    <message>
        <source>bit planes (as T-MAC)</source>
        <translation>Bitebenen (wie T-MAC)</translation>
    </message>
    <message>
        <source>shift and add (as MixPE)</source>
        <translation>Schieben und Addieren (wie MixPE)</translation>
    </message>
    <message>
        <source>integer addition (as L-Mul)</source>
        <translation>ganzzahlige Addition (wie L-Mul)</translation>
    </message>
    <message>
        <source>%1 pJ/bit · %2</source>
        <translation>%1 pJ/bit · %2</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>DRAM energy</source>
        <translation>DRAM-Energie</translation>
    </message>
    <message>
        <source>What a bit from memory costs. It changes every conclusion about energy, so it comes first.</source>
        <translation>Was ein Bit aus dem Speicher kostet. Davon hängt jede Aussage über Energie ab, deshalb steht es vorn.</translation>
    </message>
    <message>
        <source>Own value, pJ/bit</source>
        <translation>Eigener Wert, pJ/bit</translation>
    </message>
    <message>
        <source>Energy of reading a bit, instead of the preset&apos;s; empty: as the preset says</source>
        <translation>Energie für das Lesen eines Bits statt der Vorgabe; leer: wie die Vorgabe</translation>
    </message>
    <message>
        <source>Writing, pJ/bit</source>
        <translation>Schreiben, pJ/bit</translation>
    </message>
    <message>
        <source>Energy of writing a bit, instead of the preset&apos;s</source>
        <translation>Energie für das Schreiben eines Bits statt der Vorgabe</translation>
    </message>
    <message>
        <source>DRAM static power, mW</source>
        <translation>Statische DRAM-Leistung, mW</translation>
    </message>
    <message>
        <source>Power that memory takes at rest, instead of the preset&apos;s</source>
        <translation>Leistung des ruhenden Speichers statt der Vorgabe</translation>
    </message>
    <message>
        <source>Bandwidth, GB/s</source>
        <translation>Bandbreite, GB/s</translation>
    </message>
    <message>
        <source>Bytes between memory and chip</source>
        <translation>Bytes zwischen Speicher und Chip</translation>
    </message>
    <message>
        <source>Bits in memory</source>
        <translation>Bits im Speicher</translation>
    </message>
    <message>
        <source>Keys and values, bits</source>
        <translation>Keys und Values, Bits</translation>
    </message>
    <message>
        <source>Bits of an element of the KV cache in memory</source>
        <translation>Bits eines Elements des KV-Caches im Speicher</translation>
    </message>
    <message>
        <source>Embedding and head, bits</source>
        <translation>Embedding und Kopf, Bits</translation>
    </message>
    <message>
        <source>Bits of a weight of embedding and head in memory</source>
        <translation>Bits eines Gewichts von Embedding und Kopf im Speicher</translation>
    </message>
    <message>
        <source>Results, bits</source>
        <translation>Ergebnisse, Bits</translation>
    </message>
    <message>
        <source>Bits of a result of a layer on its way to memory</source>
        <translation>Bits eines Ergebnisses einer Schicht auf dem Weg zum Speicher</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Batch</translation>
    </message>
    <message>
        <source>Sequences at a time</source>
        <translation>Sequenzen gleichzeitig</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Tokens of the prefill</source>
        <translation>Token des Prefills</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>Tokens behind a decoded one</source>
        <translation>Token vor einem dekodierten</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>Lanes</source>
        <translation>Lanes</translation>
    </message>
    <message>
        <source>Element pairs of a dot product (K). Relative costs depend on it: they share one accumulator.</source>
        <translation>Elementpaare eines Skalarprodukts (K). Relative Kosten hängen davon ab: sie teilen sich einen Akkumulator.</translation>
    </message>
    <message>
        <source>Datapath</source>
        <translation>Datenpfad</translation>
    </message>
    <message>
        <source>Styles after papers are gate counts without synthesis; some formats fit some styles only</source>
        <translation>Arten nach Papern sind Gatterzahlen ohne Synthese; manche Formate passen nur zu manchen Arten</translation>
    </message>
    <message>
        <source>Aligner, bits</source>
        <translation>Ausrichter, Bits</translation>
    </message>
    <message>
        <source>Window that products are aligned in; 0: as wide as the operands need</source>
        <translation>Fenster, in dem Produkte ausgerichtet werden; 0: so breit, wie die Operanden es brauchen</translation>
    </message>
    <message>
        <source>Decoders</source>
        <translation>Dekoder</translation>
    </message>
    <message>
        <source>In every unit, or once per row and column at the edge of the array</source>
        <translation>In jeder Einheit oder einmal je Zeile und Spalte am Rand des Feldes</translation>
    </message>
    <message>
        <source>Array</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Units that share weights: tokens</source>
        <translation>Einheiten mit gemeinsamen Gewichten: Token</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Units that share activations: outputs</source>
        <translation>Einheiten mit gemeinsamen Aktivierungen: Ausgaben</translation>
    </message>
    <message>
        <source>Clock, GHz</source>
        <translation>Takt, GHz</translation>
    </message>
    <message>
        <source>Iso-area budget, mm²</source>
        <translation>Gleiche Fläche, mm²</translation>
    </message>
    <message>
        <source>As many columns as fit into this area, so that smaller units become speed; empty: the columns</source>
        <translation>So viele Spalten, wie auf diese Fläche passen, damit kleinere Einheiten zu Tempo werden; leer: die Spalten</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Prozess</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>Technology that areas and energies are for</source>
        <translation>Technologie, für die Flächen und Energien gelten</translation>
    </message>
    <message>
        <source>Area of a NAND2, µm²</source>
        <translation>Fläche eines NAND2, µm²</translation>
    </message>
    <message>
        <source>Instead of the node&apos;s</source>
        <translation>Statt der des Knotens</translation>
    </message>
    <message>
        <source>Energy factor</source>
        <translation>Energiefaktor</translation>
    </message>
    <message>
        <source>Energy of an operation over that at 45 nm, instead of the node&apos;s</source>
        <translation>Energie einer Operation gegenüber der bei 45 nm, statt des Faktors des Knotens</translation>
    </message>
    <message>
        <source>Glitch factor</source>
        <translation>Glitch-Faktor</translation>
    </message>
    <message>
        <source>Extra toggles of gates; empty: the constants for integer and float datapaths</source>
        <translation>Zusätzliche Schaltvorgänge der Gatter; leer: die Konstanten für Ganzzahl- und Gleitkommapfade</translation>
    </message>
    <message>
        <source>Leakage of gates, factor</source>
        <translation>Leckstrom der Gatter, Faktor</translation>
    </message>
    <message>
        <source>Of the gates&apos; leakage at 45 nm; 0 switches it off</source>
        <translation>Auf den Leckstrom der Gatter bei 45 nm; 0 schaltet ihn ab</translation>
    </message>
    <message>
        <source>Other static power, mW</source>
        <translation>Andere statische Leistung, mW</translation>
    </message>
    <message>
        <source>Power that is always there: controller, PHY, host</source>
        <translation>Leistung, die immer anliegt: Controller, PHY, Host</translation>
    </message>
    <message>
        <source>Buffers</source>
        <translation>Puffer</translation>
    </message>
    <message>
        <source>Weights, KB</source>
        <translation>Gewichte, KB</translation>
    </message>
    <message>
        <source>Activations, KB</source>
        <translation>Aktivierungen, KB</translation>
    </message>
    <message>
        <source>Outputs, KB</source>
        <translation>Ausgaben, KB</translation>
    </message>
    <message>
        <source>Width, bits</source>
        <translation>Breite, Bits</translation>
    </message>
    <message>
        <source>Bits read at a time</source>
        <translation>Bits, die auf einmal gelesen werden</translation>
    </message>
    <message>
        <source>SRAM technology</source>
        <translation>SRAM-Technologie</translation>
    </message>
    <message>
        <source>SRAM figures</source>
        <translation>SRAM-Werte</translation>
    </message>
    <message>
        <source>Leakage of SRAM, factor</source>
        <translation>Leckstrom des SRAM, Faktor</translation>
    </message>
    <message>
        <source>Of CACTI&apos;s figure at 360 K, which is pessimistic; 0 switches it off</source>
        <translation>Auf den Wert von CACTI bei 360 K, der pessimistisch ist; 0 schaltet ihn ab</translation>
    </message>
    <message>
        <source>in every unit</source>
        <translation>in jeder Einheit</translation>
    </message>
    <message>
        <source>at the edge of the array</source>
        <translation>am Rand des Feldes</translation>
    </message>
    <message>
        <source>rows of the sweep</source>
        <translation>Zeilen des Durchlaufs</translation>
    </message>
    <message>
        <source>power laws</source>
        <translation>Potenzgesetze</translation>
    </message>
</context>
<context>
    <name>CostRows</name>
    <message>
        <source>± %1 when compared with another format</source>
        <translation>± %1 im Vergleich mit einem anderen Format</translation>
    </message>
    <message>
        <source>Over %1</source>
        <translation>Gegenüber %1</translation>
    </message>
    <message>
        <source>no error bar: cycles and traffic follow from the schedule</source>
        <translation>kein Fehlerbalken: Takte und Verkehr folgen aus dem Ablaufplan</translation>
    </message>
    <message>
        <source>Unit area: dot product</source>
        <translation>Fläche der Einheit: Skalarprodukt</translation>
    </message>
    <message>
        <source>Unit area: scales</source>
        <translation>Fläche der Einheit: Skalen</translation>
    </message>
    <message>
        <source>Unit area: accumulator</source>
        <translation>Fläche der Einheit: Akkumulator</translation>
    </message>
    <message>
        <source>Unit area: registers</source>
        <translation>Fläche der Einheit: Register</translation>
    </message>
    <message>
        <source>Unit area: features of the format</source>
        <translation>Fläche der Einheit: Merkmale des Formats</translation>
    </message>
    <message>
        <source>; absolute joules a factor of two</source>
        <translation>; absolute Joule auf einen Faktor zwei</translation>
    </message>
    <message>
        <source>decode</source>
        <translation>Decode</translation>
    </message>
    <message>
        <source>prefill</source>
        <translation>Prefill</translation>
    </message>
    <message>
        <source>Layer %1, %2</source>
        <translation>Schicht %1, %2</translation>
    </message>
    <message>
        <source>Unit and array</source>
        <translation>Einheit und Feld</translation>
    </message>
    <message>
        <source>; absolute mm² a factor of two</source>
        <translation>; absolute mm² auf einen Faktor zwei</translation>
    </message>
    <message>
        <source>Energy of a dot product at 45 nm</source>
        <translation>Energie eines Skalarprodukts bei 45 nm</translation>
    </message>
    <message>
        <source>Decoding a token</source>
        <translation>Dekodieren eines Tokens</translation>
    </message>
    <message>
        <source>Prefill of the prompt</source>
        <translation>Prefill des Prompts</translation>
    </message>
    <message>
        <source>Footprint in memory</source>
        <translation>Speicherbedarf</translation>
    </message>
    <message>
        <source>exact: a count of bits</source>
        <translation>exakt: gezählte Bits</translation>
    </message>
    <message>
        <source>Quantizer beside the array</source>
        <translation>Quantisierer neben dem Feld</translation>
    </message>
    <message>
        <source>Dequantizer to BF16 beside the array</source>
        <translation>Dequantisierer nach BF16 neben dem Feld</translation>
    </message>
</context>
<context>
    <name>CostText</name>
    <message>
        <source>%1 per token</source>
        <translation>%1 je Token</translation>
    </message>
</context>
<context>
    <name>FormatCommand</name>
    <message>
        <source>remove format %1</source>
        <translation>Format %1 entfernen</translation>
    </message>
    <message>
        <source>format %1: %2</source>
        <translation>Format %1: %2</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation>&amp;Ja</translation>
    </message>
    <message>
        <source>&amp;No</source>
        <translation>&amp;Nein</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
</context>
<context>
    <name>nanoscope</name>
    <message>
        <source>%1: cannot be written: %2; choose another place</source>
        <translation>%1: lässt sich nicht schreiben: %2; einen anderen Ort wählen</translation>
    </message>
</context>
<context>
    <name>nanoscope::AskedCase</name>
    <message>
        <source>direct cast</source>
        <translation>direkte Konvertierung</translation>
    </message>
    <message>
        <source>GPTQ act-order</source>
        <translation>GPTQ act-order</translation>
    </message>
    <message>
        <source>bias correction</source>
        <translation>Biaskorrektur</translation>
    </message>
</context>
<context>
    <name>nanoscope::BasisText</name>
    <message>
        <source>measured in the basis: %1</source>
        <translation>gemessen in der Basis: %1</translation>
    </message>
</context>
<context>
    <name>nanoscope::BitField</name>
    <message>
        <source>sign</source>
        <translation>Vorzeichen</translation>
    </message>
    <message>
        <source>exponent</source>
        <translation>Exponent</translation>
    </message>
    <message>
        <source>mantissa</source>
        <translation>Mantisse</translation>
    </message>
    <message>
        <source>integer magnitude</source>
        <translation>ganzzahliger Betrag</translation>
    </message>
    <message>
        <source>posit regime, exponent and fraction</source>
        <translation>Regime, Exponent und Bruch eines Posits</translation>
    </message>
    <message>
        <source>place in a table</source>
        <translation>Platz in einer Tabelle</translation>
    </message>
</context>
<context>
    <name>nanoscope::BlockBits</name>
    <message>
        <source>row %1, columns %2 to %3</source>
        <translation>Zeile %1, Spalten %2 bis %3</translation>
    </message>
    <message>
        <source>%1 … (%2 in all)</source>
        <translation>%1 … (insgesamt %2)</translation>
    </message>
    <message>
        <source>holds NaN or infinity: left out of every figure</source>
        <translation>enthält NaN oder Unendlich: zählt in keiner Kennzahl mit</translation>
    </message>
    <message>
        <source>scale %1</source>
        <translation>Skala %1</translation>
    </message>
    <message>
        <source>scale of positives %1</source>
        <translation>Skala der positiven %1</translation>
    </message>
    <message>
        <source>scale of others %1</source>
        <translation>Skala der anderen %1</translation>
    </message>
    <message>
        <source>tensor scale %1</source>
        <translation>Tensorskala %1</translation>
    </message>
    <message>
        <source>SQNR %1</source>
        <translation>SQNR %1</translation>
    </message>
    <message>
        <source>Block number</source>
        <translation>Nummer des Blocks</translation>
    </message>
    <message>
        <source>Blo&amp;ck</source>
        <translation>Blo&amp;ck</translation>
    </message>
    <message>
        <source>Previous block</source>
        <translation>Voriger Block</translation>
    </message>
    <message>
        <source>Next block</source>
        <translation>Nächster Block</translation>
    </message>
    <message>
        <source>Elements of the block</source>
        <translation>Elemente des Blocks</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>No block to show</source>
        <translation>Kein Block zu zeigen</translation>
    </message>
    <message>
        <source>largest</source>
        <translation>größtes</translation>
    </message>
    <message>
        <source>stored more finely</source>
        <translation>feiner gespeichert</translation>
    </message>
    <message>
        <source>clipped</source>
        <translation>abgeschnitten</translation>
    </message>
</context>
<context>
    <name>nanoscope::BlockFinder</name>
    <message>
        <source>no block chose this codebook; choose another</source>
        <translation>kein Block hat dieses Codebuch gewählt; ein anderes wählen</translation>
    </message>
</context>
<context>
    <name>nanoscope::BlockModel</name>
    <message>
        <source>element %1: value %2; the block holds NaN or infinity and is left out</source>
        <translation>Element %1: Wert %2; der Block enthält NaN oder Unendlich und bleibt weg</translation>
    </message>
    <message>
        <source>element %1: value %2, code %3, level %4, decoded %5, error %6</source>
        <translation>Element %1: Wert %2, Code %3, Stufe %4, dekodiert %5, Fehler %6</translation>
    </message>
    <message>
        <source>, codebook %1</source>
        <translation>, Codebuch %1</translation>
    </message>
    <message>
        <source>, stored more finely as level %1</source>
        <translation>, feiner gespeichert als Stufe %1</translation>
    </message>
    <message>
        <source>, all in the basis of the format</source>
        <translation>, alles in der Basis des Formats</translation>
    </message>
    <message>
        <source>, clipped</source>
        <translation>, abgeschnitten</translation>
    </message>
    <message>
        <source>, largest of the block</source>
        <translation>, größtes des Blocks</translation>
    </message>
    <message>
        <source>, has the highlighted code</source>
        <translation>, hat den hervorgehobenen Code</translation>
    </message>
</context>
<context>
    <name>nanoscope::BlockSqnrChart</name>
    <message>
        <source>SQNR per block</source>
        <translation>SQNR je Block</translation>
    </message>
    <message>
        <source>Open a tensor to see how its blocks differ</source>
        <translation>Einen Tensor öffnen, um zu sehen, wie sich seine Blöcke unterscheiden</translation>
    </message>
    <message>
        <source>Every block is exact: there is no error to show</source>
        <translation>Jeder Block ist exakt: es gibt keinen Fehler zu zeigen</translation>
    </message>
    <message>
        <source>SQNR of the block, dB</source>
        <translation>SQNR des Blocks, dB</translation>
    </message>
    <message>
        <source>share of blocks, %</source>
        <translation>Anteil der Blöcke, %</translation>
    </message>
    <message>
        <source>SQNR from, dB</source>
        <translation>SQNR von, dB</translation>
    </message>
    <message>
        <source>to, dB</source>
        <translation>bis, dB</translation>
    </message>
    <message>
        <source>%1, % of blocks</source>
        <translation>%1, % der Blöcke</translation>
    </message>
    <message>
        <source>%1: %2 of the blocks exact, not shown</source>
        <translation>%1: %2 der Blöcke exakt, nicht gezeigt</translation>
    </message>
    <message>
        <source>format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>SQNR from</source>
        <translation>SQNR von</translation>
    </message>
    <message>
        <source>SQNR to</source>
        <translation>SQNR bis</translation>
    </message>
    <message>
        <source>share of blocks</source>
        <translation>Anteil der Blöcke</translation>
    </message>
    <message>
        <source>share of blocks up to each SQNR</source>
        <translation>Anteil der Blöcke bis zu jedem SQNR</translation>
    </message>
    <message>
        <source>bins of %1 dB</source>
        <translation>Klassen von %1 dB</translation>
    </message>
    <message>
        <source>%1; selected: %2</source>
        <translation>%1; gewählt: %2</translation>
    </message>
</context>
<context>
    <name>nanoscope::BlockSqnrDock</name>
    <message>
        <source>SQNR per block chart</source>
        <translation>Diagramm SQNR je Block</translation>
    </message>
    <message>
        <source>SQNR per block table</source>
        <translation>Tabelle SQNR je Block</translation>
    </message>
    <message>
        <source>C&amp;umulative</source>
        <translation>K&amp;umuliert</translation>
    </message>
    <message>
        <source>Share of the blocks with no more than so much SQNR</source>
        <translation>Anteil der Blöcke mit höchstens so viel SQNR</translation>
    </message>
    <message>
        <source>stopped before the blocks were counted</source>
        <translation>angehalten, bevor die Blöcke gezählt waren</translation>
    </message>
</context>
<context>
    <name>nanoscope::BlockText</name>
    <message>
        <source>mean squared error per block</source>
        <translation>mittlerer quadratischer Fehler je Block</translation>
    </message>
    <message>
        <source>SQNR per block, dB</source>
        <translation>SQNR je Block, dB</translation>
    </message>
    <message>
        <source>largest error per block</source>
        <translation>größter Fehler je Block</translation>
    </message>
    <message>
        <source>Block %1 · row %2, columns %3 to %4</source>
        <translation>Block %1 · Zeile %2, Spalten %3 bis %4</translation>
    </message>
    <message>
        <source>Excluded: holds NaN or infinity</source>
        <translation>Ausgeschlossen: enthält NaN oder Unendlich</translation>
    </message>
    <message>
        <source>MSE %1 · SQNR %2</source>
        <translation>MSE %1 · SQNR %2</translation>
    </message>
    <message>
        <source>Largest error %1</source>
        <translation>Größter Fehler %1</translation>
    </message>
    <message>
        <source>%1 × %2 blocks of %3</source>
        <translation>%1 × %2 Blöcke zu %3</translation>
    </message>
    <message>
        <source>folded: %1 columns of %2 rows</source>
        <translation>%1 Spalten zu %2 Zeilen</translation>
    </message>
    <message>
        <source>lines of %1 blocks</source>
        <translation>Zeilen von %1 Blöcken</translation>
    </message>
    <message>
        <source>each pixel: worst of up to %1</source>
        <translation>jedes Pixel: der schlechteste von bis zu %1</translation>
    </message>
</context>
<context>
    <name>nanoscope::BookFinder</name>
    <message>
        <source>Codebook to find</source>
        <translation>Gesuchtes Codebuch</translation>
    </message>
    <message>
        <source>Codebook that the block is to have</source>
        <translation>Codebuch, das der Block haben soll</translation>
    </message>
    <message>
        <source>Find next</source>
        <translation>Weitersuchen</translation>
    </message>
    <message>
        <source>Find the next block with this codebook</source>
        <translation>Nächsten Block mit diesem Codebuch suchen</translation>
    </message>
    <message>
        <source>Go to the next block that chose this codebook (N)</source>
        <translation>Zum nächsten Block gehen, der dieses Codebuch gewählt hat (N)</translation>
    </message>
    <message>
        <source>with</source>
        <translation>mit</translation>
    </message>
    <message>
        <source>chosen by %1 %</source>
        <translation>von %1 % gewählt</translation>
    </message>
</context>
<context>
    <name>nanoscope::ChartPane</name>
    <message>
        <source>%1: no tensor is open</source>
        <translation>%1: kein Tensor ist offen</translation>
    </message>
    <message>
        <source>%1 of %2: %3</source>
        <translation>%1 von %2: %3</translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source>series</source>
        <translation>Reihe</translation>
    </message>
</context>
<context>
    <name>nanoscope::CommandModel</name>
    <message>
        <source>%1, in %2</source>
        <translation>%1, in %2</translation>
    </message>
    <message>
        <source>%1, key %2</source>
        <translation>%1, Taste %2</translation>
    </message>
    <message>
        <source>%1, not possible now</source>
        <translation>%1, jetzt nicht möglich</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Found in</source>
        <translation>Zu finden in</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
</context>
<context>
    <name>nanoscope::CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Search commands</source>
        <translation>Befehle suchen</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>Was möchten Sie tun?</translation>
    </message>
    <message numerus="yes">
        <source>%n command(s); Enter runs the selected one</source>
        <translation>
            <numerusform>%n Befehl; die Eingabetaste führt den gewählten aus</numerusform>
            <numerusform>%n Befehle; die Eingabetaste führt den gewählten aus</numerusform>
        </translation>
    </message>
    <message>
        <source>no command holds all of these words</source>
        <translation>kein Befehl enthält alle diese Wörter</translation>
    </message>
</context>
<context>
    <name>nanoscope::ComparisonReport</name>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>%1 auf %2</translation>
    </message>
    <message>
        <source>Tensor %1: %2, %3, %4 elements; blocks along axis %5 of %6</source>
        <translation>Tensor %1: %2, %3, %4 Elemente; Blöcke entlang Achse %5 von %6</translation>
    </message>
    <message>
        <source>File %1; values %2</source>
        <translation>Datei %1; Werte %2</translation>
    </message>
    <message>
        <source>Nanoscope %1, %2; figures: %3; a check mark and bold type: the best of its row</source>
        <translation>Nanoscope %1, %2; Kennzahlen: %3; Haken und Fettdruck: das Beste der Zeile</translation>
    </message>
    <message>
        <source>exact, over every element</source>
        <translation>exakt, über jedes Element</translation>
    </message>
</context>
<context>
    <name>nanoscope::CostBarChart</name>
    <message>
        <source>%1 %2 (%3)</source>
        <translation>%1 %2 (%3)</translation>
    </message>
    <message>
        <source>No figures yet</source>
        <translation>Noch keine Kennzahlen</translation>
    </message>
    <message>
        <source>%1, %2: %3, %4 of %5</source>
        <translation>%1, %2: %3, %4 von %5</translation>
    </message>
    <message>
        <source>format</source>
        <translation>Format</translation>
    </message>
</context>
<context>
    <name>nanoscope::CostConstantModel</name>
    <message>
        <source>%1
as shipped: %2 %3
%4</source>
        <translation>%1
mitgeliefert: %2 %3
%4</translation>
    </message>
    <message>
        <source>Constant</source>
        <translation>Konstante</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>Bedeutung</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>%1: “%2” is no number; type one with digits and a point</source>
        <translation>%1: „%2“ ist keine Zahl; eine mit Ziffern und Punkt eingeben</translation>
    </message>
</context>
<context>
    <name>nanoscope::CostConstantTable</name>
    <message>
        <source>Search constants</source>
        <translation>Konstanten suchen</translation>
    </message>
    <message>
        <source>Search constants: name, unit, meaning or source</source>
        <translation>Konstanten suchen: Name, Einheit, Bedeutung oder Quelle</translation>
    </message>
    <message>
        <source>Constants of the cost model</source>
        <translation>Konstanten des Kostenmodells</translation>
    </message>
</context>
<context>
    <name>nanoscope::CostControls</name>
    <message>
        <source>as the weights</source>
        <translation>wie die Gewichte</translation>
    </message>
    <message>
        <source>Accelerator</source>
        <translation>Beschleuniger</translation>
    </message>
    <message>
        <source>Array, buffers, memory and node to start from</source>
        <translation>Feld, Puffer, Speicher und Knoten als Ausgangspunkt</translation>
    </message>
    <message>
        <source>Language model</source>
        <translation>Sprachmodell</translation>
    </message>
    <message>
        <source>Whose layers the array computes</source>
        <translation>Dessen Schichten das Feld berechnet</translation>
    </message>
    <message>
        <source>Activations</source>
        <translation>Aktivierungen</translation>
    </message>
    <message>
        <source>Format of the activations; the weights have A and B</source>
        <translation>Format der Aktivierungen; die Gewichte haben A und B</translation>
    </message>
    <message>
        <source>Each format multiplies activations of its own kind</source>
        <translation>Jedes Format multipliziert Aktivierungen seiner eigenen Art</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Standard</translation>
    </message>
</context>
<context>
    <name>nanoscope::CostDock</name>
    <message>
        <source>no cost for these settings</source>
        <translation>keine Kosten für diese Einstellungen</translation>
    </message>
</context>
<context>
    <name>nanoscope::CostFields</name>
    <message>
        <source>%1: “%2” is no number; type one with digits and a point</source>
        <translation>%1: „%2“ ist keine Zahl; eine mit Ziffern und Punkt eingeben</translation>
    </message>
    <message>
        <source>%1 pJ/bit · own value</source>
        <translation>%1 pJ/bit · eigener Wert</translation>
    </message>
</context>
<context>
    <name>nanoscope::CostModel</name>
    <message>
        <source>Figure</source>
        <translation>Kennzahl</translation>
    </message>
    <message>
        <source>A</source>
        <translation>A</translation>
    </message>
    <message>
        <source>B</source>
        <translation>B</translation>
    </message>
    <message>
        <source>B − A</source>
        <translation>B − A</translation>
    </message>
    <message>
        <source>B to A</source>
        <translation>B zu A</translation>
    </message>
</context>
<context>
    <name>nanoscope::CostPanel</name>
    <message>
        <source>All parameters</source>
        <translation>Alle Parameter</translation>
    </message>
    <message>
        <source>FP16 in the bars</source>
        <translation>FP16 in den Balken</translation>
    </message>
    <message>
        <source>Formula and source</source>
        <translation>Formel und Quelle</translation>
    </message>
    <message>
        <source>⚠ %1. What is shown is of the setting before.</source>
        <translation>⚠ %1. Gezeigt wird die Einstellung davor.</translation>
    </message>
    <message>
        <source>decode: %1</source>
        <translation>Decode: %1</translation>
    </message>
    <message>
        <source>prefill: %1</source>
        <translation>Prefill: %1</translation>
    </message>
    <message>
        <source>Choose a figure, a bar or a point: its formula and source appear here.</source>
        <translation>Eine Kennzahl, einen Balken oder einen Punkt wählen: Formel und Quelle erscheinen hier.</translation>
    </message>
    <message>
        <source>All cost parameters</source>
        <translation>Alle Kostenparameter</translation>
    </message>
    <message>
        <source>Show every parameter of unit, array, process, buffers and memory, and the constants</source>
        <translation>Alle Parameter von Einheit, Feld, Prozess, Puffern und Speicher und die Konstanten zeigen</translation>
    </message>
    <message>
        <source>Bars of FP16 are several times as long as those of four bits</source>
        <translation>Balken von FP16 sind mehrmals so lang wie die von vier Bits</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Reset cost parameters</source>
        <translation>Kostenparameter zurücksetzen</translation>
    </message>
    <message>
        <source>Everything as the accelerator has it, and the constants as shipped</source>
        <translation>Alles, wie der Beschleuniger es hat, und die Konstanten wie mitgeliefert</translation>
    </message>
    <message>
        <source>Bars</source>
        <translation>Balken</translation>
    </message>
    <message>
        <source>Constants (empty: as shipped)</source>
        <translation>Konstanten (leer: wie mitgeliefert)</translation>
    </message>
    <message>
        <source>Views of the cost</source>
        <translation>Ansichten der Kosten</translation>
    </message>
    <message>
        <source>Ratios</source>
        <translation>Verhältnisse</translation>
    </message>
    <message>
        <source>Area chart</source>
        <translation>Flächendiagramm</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Fläche</translation>
    </message>
    <message>
        <source>Energy</source>
        <translation>Energie</translation>
    </message>
    <message>
        <source>Roofline</source>
        <translation>Roofline</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Kennzahlen</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Grenzen</translation>
    </message>
    <message>
        <source>Energy per decoded token chart</source>
        <translation>Diagramm Energie je dekodiertem Token</translation>
    </message>
    <message>
        <source>Energy per token of the prompt chart</source>
        <translation>Diagramm Energie je Token des Prompts</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
</context>
<context>
    <name>nanoscope::CostRatioPlot</name>
    <message>
        <source>Ratios to the baselines</source>
        <translation>Verhältnisse zu den Vergleichsformaten</translation>
    </message>
    <message>
        <source>Area of a unit</source>
        <translation>Fläche einer Einheit</translation>
    </message>
    <message>
        <source>Energy per decoded token</source>
        <translation>Energie je dekodiertem Token</translation>
    </message>
    <message>
        <source>Latency of a decoded token</source>
        <translation>Latenz eines dekodierten Tokens</translation>
    </message>
    <message>
        <source>Energy per token of the prompt</source>
        <translation>Energie je Token des Prompts</translation>
    </message>
    <message>
        <source>Latency of the prefill</source>
        <translation>Latenz des Prefills</translation>
    </message>
    <message>
        <source>Cost over baselines</source>
        <translation>Kosten im Verhältnis</translation>
    </message>
    <message>
        <source>%1: no figures yet</source>
        <translation>%1: noch keine Kennzahlen</translation>
    </message>
    <message>
        <source>over %1: A %2</source>
        <translation>gegenüber %1: A %2</translation>
    </message>
    <message>
        <source>, B %1</source>
        <translation>, B %1</translation>
    </message>
    <message>
        <source>No figures yet</source>
        <translation>Noch keine Kennzahlen</translation>
    </message>
    <message>
        <source>below 1 is better</source>
        <translation>unter 1 ist besser</translation>
    </message>
    <message>
        <source>no B</source>
        <translation>kein B</translation>
    </message>
    <message>
        <source>measure</source>
        <translation>Maß</translation>
    </message>
    <message>
        <source>over</source>
        <translation>gegenüber</translation>
    </message>
    <message>
        <source>A: %1</source>
        <translation>A: %1</translation>
    </message>
    <message>
        <source>ratio</source>
        <translation>Verhältnis</translation>
    </message>
    <message>
        <source>error bar of A</source>
        <translation>Fehlerbalken von A</translation>
    </message>
    <message>
        <source>fraction</source>
        <translation>Bruchteil</translation>
    </message>
    <message>
        <source>B: %1</source>
        <translation>B: %1</translation>
    </message>
    <message>
        <source>error bar of B</source>
        <translation>Fehlerbalken von B</translation>
    </message>
</context>
<context>
    <name>nanoscope::CostRooflineChart</name>
    <message>
        <source>Roofline chart</source>
        <translation>Roofline-Diagramm</translation>
    </message>
    <message>
        <source>Roofline</source>
        <translation>Roofline</translation>
    </message>
    <message>
        <source>%1, %2 %3: %4 bound, %5 MAC, %6, %7 MAC/B, %8</source>
        <translation>%1, %2 %3: durch %4 begrenzt, %5 MAC, %6, %7 MAC/B, %8</translation>
    </message>
    <message>
        <source>decode</source>
        <translation>Decode</translation>
    </message>
    <message>
        <source>prefill</source>
        <translation>Prefill</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>compute</source>
        <translation>Rechnen</translation>
    </message>
    <message>
        <source>%1: no figures yet</source>
        <translation>%1: noch keine Kennzahlen</translation>
    </message>
    <message>
        <source>%1 of %2: %3</source>
        <translation>%1 von %2: %3</translation>
    </message>
    <message>
        <source>no layer chosen</source>
        <translation>keine Schicht gewählt</translation>
    </message>
    <message>
        <source>A %1</source>
        <translation>A %1</translation>
    </message>
    <message>
        <source>B %1</source>
        <translation>B %1</translation>
    </message>
    <message>
        <source>No figures yet</source>
        <translation>Noch keine Kennzahlen</translation>
    </message>
    <message>
        <source>format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>phase</source>
        <translation>Phase</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>bound</source>
        <translation>Grenze</translation>
    </message>
    <message>
        <source>multiplications per byte</source>
        <translation>Multiplikationen je Byte</translation>
    </message>
    <message>
        <source>multiplications per second</source>
        <translation>Multiplikationen je Sekunde</translation>
    </message>
    <message>
        <source>MAC per byte of memory</source>
        <translation>MAC je Byte Speicher</translation>
    </message>
    <message>
        <source>GMAC/s</source>
        <translation>GMAC/s</translation>
    </message>
</context>
<context>
    <name>nanoscope::CostTable</name>
    <message>
        <source>Figures of the cost model</source>
        <translation>Kennzahlen des Kostenmodells</translation>
    </message>
</context>
<context>
    <name>nanoscope::DifferenceDock</name>
    <message>
        <source>the difference map was stopped</source>
        <translation>die Differenzkarte wurde angehalten</translation>
    </message>
    <message>
        <source>Choose two different formats</source>
        <translation>Zwei verschiedene Formate wählen</translation>
    </message>
    <message>
        <source>The formats are still being measured</source>
        <translation>Die Formate werden noch gemessen</translation>
    </message>
    <message>
        <source>Open a tensor to compare formats on it</source>
        <translation>Einen Tensor öffnen, um Formate daran zu vergleichen</translation>
    </message>
    <message>
        <source>There is nothing to compare. %1</source>
        <translation>Es gibt nichts zu vergleichen. %1</translation>
    </message>
    <message>
        <source>The formats were not measured: choose the tensor or a format again</source>
        <translation>Die Formate wurden nicht gemessen: den Tensor oder ein Format noch einmal wählen</translation>
    </message>
</context>
<context>
    <name>nanoscope::DifferenceMap</name>
    <message>
        <source>left out: holds NaN or infinity</source>
        <translation>weggelassen: enthält NaN oder Unendlich</translation>
    </message>
    <message>
        <source>equal</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>only %1 is exact</source>
        <translation>nur %1 ist exakt</translation>
    </message>
    <message>
        <source>%1 better by %2 dB</source>
        <translation>%1 um %2 dB besser</translation>
    </message>
    <message>
        <source>Compare with format B to see where each is better</source>
        <translation>Mit Format B vergleichen, um zu sehen, wo welches besser ist</translation>
    </message>
    <message>
        <source>Difference map, SQNR of %1 minus %2: %3 better in %4 of the cells, %5 in %6</source>
        <translation>Differenzkarte, SQNR von %1 minus %2: %3 besser in %4 der Zellen, %5 in %6</translation>
    </message>
    <message>
        <source>; selected: %1</source>
        <translation>; gewählt: %1</translation>
    </message>
    <message>
        <source>difference of SQNR  ·  %1 − %2</source>
        <translation>Differenz des SQNR  ·  %1 − %2</translation>
    </message>
    <message>
        <source>cells of %1 elements  ·  %2 better in %3, %4 (striped) in %5</source>
        <translation>Zellen von %1 Elementen  ·  %2 besser in %3, %4 (schraffiert) in %5</translation>
    </message>
    <message>
        <source>0 dB</source>
        <translation>0 dB</translation>
    </message>
    <message>
        <source>row %1, from column %2: %3</source>
        <translation>Zeile %1, ab Spalte %2: %3</translation>
    </message>
    <message>
        <source>cell</source>
        <translation>Zelle</translation>
    </message>
    <message>
        <source>row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>cell of the row</source>
        <translation>Zelle der Zeile</translation>
    </message>
    <message>
        <source>SQNR of %1 less that of %2</source>
        <translation>SQNR von %1 minus dem von %2</translation>
    </message>
    <message>
        <source>Difference map</source>
        <translation>Differenzkarte</translation>
    </message>
</context>
<context>
    <name>nanoscope::DifferenceView</name>
    <message>
        <source>Difference of</source>
        <translation>Differenz von</translation>
    </message>
    <message>
        <source>Difference minus</source>
        <translation>Differenz minus</translation>
    </message>
    <message>
        <source>Difference map</source>
        <translation>Differenzkarte</translation>
    </message>
    <message>
        <source>Cells that differ most</source>
        <translation>Zellen mit der größten Differenz</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>&amp;minus</source>
        <translation>&amp;minus</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Largest differences</source>
        <translation>Größte Differenzen</translation>
    </message>
    <message>
        <source>Compare with format B to see where each is better</source>
        <translation>Mit Format B vergleichen, um zu sehen, wo welches besser ist</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>From column</source>
        <translation>Ab Spalte</translation>
    </message>
    <message>
        <source>Difference, dB</source>
        <translation>Differenz, dB</translation>
    </message>
    <message>
        <source>Better</source>
        <translation>Besser</translation>
    </message>
</context>
<context>
    <name>nanoscope::ErrorShareContent</name>
    <message>
        <source>even</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>half in %1 of blocks, 90 % in %2</source>
        <translation>die Hälfte in %1 der Blöcke, 90 % in %2</translation>
    </message>
    <message>
        <source>the worst block</source>
        <translation>der schlechteste Block</translation>
    </message>
    <message>
        <source>half of the error</source>
        <translation>Hälfte des Fehlers</translation>
    </message>
    <message>
        <source>90 % of the error</source>
        <translation>90 % des Fehlers</translation>
    </message>
    <message>
        <source>worst %1 %</source>
        <translation>schlechteste %1 %</translation>
    </message>
    <message>
        <source>Blocks that hold</source>
        <translation>Blöcke mit</translation>
    </message>
    <message>
        <source>%1 blocks, %</source>
        <translation>%1 Blöcke, %</translation>
    </message>
    <message>
        <source>%1 error, %</source>
        <translation>%1 Fehler, %</translation>
    </message>
    <message>
        <source>%1 blocks</source>
        <translation>%1 Blöcke</translation>
    </message>
    <message>
        <source>%1 last block</source>
        <translation>%1 letzter Block</translation>
    </message>
    <message>
        <source>Rank %1 of %2; the blocks up to it hold %3 of the error</source>
        <translation>Rang %1 von %2; die Blöcke bis hier haben %3 des Fehlers</translation>
    </message>
    <message>
        <source>Error share</source>
        <translation>Fehleranteil</translation>
    </message>
    <message>
        <source>Open a tensor to see how few of its blocks hold its error</source>
        <translation>Einen Tensor öffnen, um zu sehen, wie wenige seiner Blöcke den Fehler tragen</translation>
    </message>
    <message>
        <source>blocks, worst first, %</source>
        <translation>Blöcke, schlechteste zuerst, %</translation>
    </message>
    <message>
        <source>error, %</source>
        <translation>Fehler, %</translation>
    </message>
    <message>
        <source>%1: no error at all</source>
        <translation>%1: gar kein Fehler</translation>
    </message>
    <message>
        <source>Every block is exact: there is no error to share</source>
        <translation>Jeder Block ist exakt: es gibt keinen Fehler zu verteilen</translation>
    </message>
    <message>
        <source>of the squared error, %1</source>
        <translation>des quadratischen Fehlers, %1</translation>
    </message>
</context>
<context>
    <name>nanoscope::ErrorShareDock</name>
    <message>
        <source>stopped before the blocks were ranked</source>
        <translation>angehalten, bevor die Blöcke geordnet waren</translation>
    </message>
</context>
<context>
    <name>nanoscope::ErrorShareView</name>
    <message>
        <source>&amp;Logarithmic</source>
        <translation>&amp;Logarithmisch</translation>
    </message>
    <message>
        <source>Error share table</source>
        <translation>Tabelle Fehleranteil</translation>
    </message>
    <message>
        <source>Share of the error by block</source>
        <translation>Anteil am Fehler nach Block</translation>
    </message>
    <message>
        <source>Share of blocks on a logarithmic axis, which shows the worst few</source>
        <translation>Anteil der Blöcke auf logarithmischer Achse, die die wenigen schlechtesten zeigt</translation>
    </message>
</context>
<context>
    <name>nanoscope::Explorer</name>
    <message>
        <source>not enough memory; choose a smaller tensor</source>
        <translation>nicht genug Arbeitsspeicher; einen kleineren Tensor wählen</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Lesen</translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation>Messen</translation>
    </message>
    <message>
        <source>Studying</source>
        <translation>Untersuchen</translation>
    </message>
    <message>
        <source>%1: cannot be written: %2; choose another place</source>
        <translation>%1: lässt sich nicht schreiben: %2; einen anderen Ort wählen</translation>
    </message>
    <message>
        <source>set “Shape as” in the panel Tensors</source>
        <translation>„Form als“ im Bereich Tensoren setzen</translation>
    </message>
    <message>
        <source>Format %1 (%2): %3</source>
        <translation>Format %1 (%2): %3</translation>
    </message>
</context>
<context>
    <name>nanoscope::ExportActions</name>
    <message>
        <source>&amp;Export</source>
        <translation>&amp;Exportieren</translation>
    </message>
    <message>
        <source>This &amp;plot…</source>
        <translation>&amp;Dieses Diagramm…</translation>
    </message>
    <message>
        <source>Export plot…</source>
        <translation>Diagramm exportieren…</translation>
    </message>
    <message>
        <source>Export the plot that last had the focus as SVG, PDF or PNG (Ctrl+E)</source>
        <translation>Das Diagramm, das zuletzt den Fokus hatte, als SVG, PDF oder PNG exportieren (Strg+E)</translation>
    </message>
    <message>
        <source>&amp;All plots…</source>
        <translation>&amp;Alle Diagramme…</translation>
    </message>
    <message>
        <source>&amp;Data of this plot or table…</source>
        <translation>Daten dieses Diagramms oder dieser &amp;Tabelle…</translation>
    </message>
    <message>
        <source>The numbers of the table that has the focus, else of the plot that last had it</source>
        <translation>Die Zahlen der Tabelle mit dem Fokus, sonst des Diagramms, das ihn zuletzt hatte</translation>
    </message>
    <message>
        <source>&amp;Report…</source>
        <translation>&amp;Bericht…</translation>
    </message>
    <message>
        <source>One page about the formats on screen as PDF or HTML</source>
        <translation>Eine Seite über die gezeigten Formate als PDF oder HTML</translation>
    </message>
    <message>
        <source>Copy &amp;plot</source>
        <translation>&amp;Diagramm kopieren</translation>
    </message>
    <message>
        <source>Copy as &amp;LaTeX table</source>
        <translation>Als &amp;LaTeX-Tabelle kopieren</translation>
    </message>
    <message>
        <source>The figures of all formats, for \usepackage{booktabs}</source>
        <translation>Die Kennzahlen aller Formate, für \usepackage{booktabs}</translation>
    </message>
    <message>
        <source>there is no plot to export yet; open a file first</source>
        <translation>es gibt noch kein Diagramm zu exportieren; zuerst eine Datei öffnen</translation>
    </message>
    <message>
        <source>the plot is gone; export again when there is one</source>
        <translation>das Diagramm ist weg; noch einmal exportieren, wenn es eines gibt</translation>
    </message>
    <message>
        <source>there are no numbers to export yet; choose a plot or table that shows some</source>
        <translation>es gibt noch keine Zahlen zu exportieren; ein Diagramm oder eine Tabelle mit Zahlen wählen</translation>
    </message>
    <message>
        <source>there is no plot to copy yet; open a file first</source>
        <translation>es gibt noch kein Diagramm zu kopieren; zuerst eine Datei öffnen</translation>
    </message>
    <message>
        <source>copied: %1</source>
        <translation>kopiert: %1</translation>
    </message>
    <message>
        <source>there are no figures to copy yet; open a file first</source>
        <translation>es gibt noch keine Kennzahlen zu kopieren; zuerst eine Datei öffnen</translation>
    </message>
    <message>
        <source>copied: the figures as a LaTeX table</source>
        <translation>kopiert: die Kennzahlen als LaTeX-Tabelle</translation>
    </message>
    <message>
        <source>there is nothing to report yet; open a file first</source>
        <translation>es gibt noch nichts zu berichten; zuerst eine Datei öffnen</translation>
    </message>
    <message>
        <source>report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>the figures are gone; export again when there are some</source>
        <translation>die Kennzahlen sind weg; noch einmal exportieren, wenn es welche gibt</translation>
    </message>
    <message>
        <source>%1 of %2 has other values than when the picture was made; find the file it was made from</source>
        <translation>%1 von %2 hat andere Werte als beim Erstellen des Bildes; die Datei suchen, aus der es entstand</translation>
    </message>
    <message>
        <source>written: %1</source>
        <translation>geschrieben: %1</translation>
    </message>
</context>
<context>
    <name>nanoscope::ExportDialog</name>
    <message>
        <source>SVG, vector</source>
        <translation>SVG, Vektoren</translation>
    </message>
    <message>
        <source>PDF, vector</source>
        <translation>PDF, Vektoren</translation>
    </message>
    <message>
        <source>PNG, pixels</source>
        <translation>PNG, Pixel</translation>
    </message>
    <message>
        <source>CSV, a table</source>
        <translation>CSV, eine Tabelle</translation>
    </message>
    <message>
        <source>JSON, with the recipe</source>
        <translation>JSON, mit dem Rezept</translation>
    </message>
    <message>
        <source>HTML, one page</source>
        <translation>HTML, eine Seite</translation>
    </message>
    <message>
        <source>Export this plot</source>
        <translation>Dieses Diagramm exportieren</translation>
    </message>
    <message>
        <source>Export all plots</source>
        <translation>Alle Diagramme exportieren</translation>
    </message>
    <message>
        <source>Export the data</source>
        <translation>Daten exportieren</translation>
    </message>
    <message>
        <source>Export a report</source>
        <translation>Bericht exportieren</translation>
    </message>
    <message>
        <source>&amp;Line under the picture: tensor, file, format, version</source>
        <translation>&amp;Zeile unter dem Bild: Tensor, Datei, Format, Version</translation>
    </message>
    <message>
        <source>%1× (%2 × %3 pixels)</source>
        <translation>%1× (%2 × %3 Pixel)</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>D&amp;urchsuchen…</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Ordner</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Kind</source>
        <translation>&amp;Art</translation>
    </message>
    <message>
        <source>&amp;Resolution</source>
        <translation>Au&amp;flösung</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Name a folder.</source>
        <translation>Einen Ordner angeben.</translation>
    </message>
    <message>
        <source>Name a file.</source>
        <translation>Eine Datei angeben.</translation>
    </message>
    <message>
        <source>No kind of file has the ending .%1.</source>
        <translation>Keine Art von Datei hat die Endung .%1.</translation>
    </message>
    <message>
        <source>The file is there already and will be replaced.</source>
        <translation>Die Datei gibt es schon; sie wird ersetzt.</translation>
    </message>
    <message>
        <source>Files that are there already stay; new ones get a number.</source>
        <translation>Dateien, die es schon gibt, bleiben; neue bekommen eine Nummer.</translation>
    </message>
    <message>
        <source>The folder will be made.</source>
        <translation>Der Ordner wird angelegt.</translation>
    </message>
</context>
<context>
    <name>nanoscope::ExportFolder</name>
    <message>
        <source>Exporting plots</source>
        <translation>Diagramme werden exportiert</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Export all plots</source>
        <translation>Alle Diagramme exportieren</translation>
    </message>
    <message>
        <source>%1: the folder cannot be made; choose another one</source>
        <translation>%1: der Ordner lässt sich nicht anlegen; einen anderen wählen</translation>
    </message>
    <message>
        <source>%1 of %2 plots written to %3</source>
        <translation>%1 von %2 Diagrammen nach %3 geschrieben</translation>
    </message>
</context>
<context>
    <name>nanoscope::FigureModel</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1, best</source>
        <translation>%1, am besten</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Kennzahl</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>B − A</source>
        <translation>B − A</translation>
    </message>
</context>
<context>
    <name>nanoscope::FigureTable</name>
    <message>
        <source>Bits per element, all-in</source>
        <translation>Bits je Element, alles</translation>
    </message>
    <message>
        <source>bit</source>
        <translation>Bit</translation>
    </message>
    <message>
        <source>Codes, scales, metadata and tensor scale, over all elements</source>
        <translation>Codes, Skalen, Metadaten und Tensorskala, über alle Elemente</translation>
    </message>
    <message>
        <source>Payload bits</source>
        <translation>Nutzbits</translation>
    </message>
    <message>
        <source>Bits of the element code alone</source>
        <translation>Bits des Elementcodes allein</translation>
    </message>
    <message>
        <source>Basis</source>
        <translation>Basis</translation>
    </message>
    <message>
        <source>What the error, the levels and the blocks are measured in: the values as stored, or after a transform</source>
        <translation>Worin Fehler, Stufen und Blöcke gemessen sind: die Werte, wie sie gespeichert sind, oder nach einer Transformation</translation>
    </message>
    <message>
        <source>SQNR</source>
        <translation>SQNR</translation>
    </message>
    <message>
        <source>dB</source>
        <translation>dB</translation>
    </message>
    <message>
        <source>Signal-to-quantization-noise ratio: −10 log₁₀ NMSE</source>
        <translation>Signal-Quantisierungsrausch-Verhältnis: −10 log₁₀ NMSE</translation>
    </message>
    <message>
        <source>MSE</source>
        <translation>MSE</translation>
    </message>
    <message>
        <source>Mean squared error</source>
        <translation>Mittlerer quadratischer Fehler</translation>
    </message>
    <message>
        <source>NMSE</source>
        <translation>NMSE</translation>
    </message>
    <message>
        <source>Squared error over squared values</source>
        <translation>Quadratischer Fehler durch Quadrate der Werte</translation>
    </message>
    <message>
        <source>MAE</source>
        <translation>MAE</translation>
    </message>
    <message>
        <source>Mean absolute error</source>
        <translation>Mittlerer absoluter Fehler</translation>
    </message>
    <message>
        <source>Largest |error|</source>
        <translation>Größter |Fehler|</translation>
    </message>
    <message>
        <source>Largest absolute error of any element</source>
        <translation>Größter absoluter Fehler eines Elements</translation>
    </message>
    <message>
        <source>Bias</source>
        <translation>Bias</translation>
    </message>
    <message>
        <source>Mean error, decoded minus original</source>
        <translation>Mittlerer Fehler, dekodiert minus Original</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>Kosinus</translation>
    </message>
    <message>
        <source>Cosine of the angle between the original and the decoded tensor</source>
        <translation>Kosinus des Winkels zwischen ursprünglichem und dekodiertem Tensor</translation>
    </message>
    <message>
        <source>Gain</source>
        <translation>Verstärkung</translation>
    </message>
    <message>
        <source>Projection of the decoded tensor on the original</source>
        <translation>Projektion des dekodierten Tensors auf das Original</translation>
    </message>
    <message>
        <source>Clipped</source>
        <translation>Abgeschnitten</translation>
    </message>
    <message>
        <source>Elements beyond the outermost level by more than half its step</source>
        <translation>Elemente, die um mehr als die halbe Schrittweite jenseits der äußersten Stufe liegen</translation>
    </message>
    <message>
        <source>Decoded to zero</source>
        <translation>Zu null dekodiert</translation>
    </message>
    <message>
        <source>Elements that decode to zero</source>
        <translation>Elemente, die zu null dekodieren</translation>
    </message>
    <message>
        <source>Underflow</source>
        <translation>Unterlauf</translation>
    </message>
    <message>
        <source>Elements that were not zero and decode to zero</source>
        <translation>Elemente, die nicht null waren und zu null dekodieren</translation>
    </message>
    <message>
        <source>Block maximum, relative error</source>
        <translation>Blockmaximum, relativer Fehler</translation>
    </message>
    <message>
        <source>Relative error of each block&apos;s largest element, mean over blocks</source>
        <translation>Relativer Fehler des größten Elements jedes Blocks, Mittel über Blöcke</translation>
    </message>
    <message>
        <source>Block maximum, share of error</source>
        <translation>Blockmaximum, Anteil am Fehler</translation>
    </message>
    <message>
        <source>Share of the squared error that the blocks&apos; largest elements make</source>
        <translation>Anteil am quadratischen Fehler, den die größten Elemente der Blöcke machen</translation>
    </message>
    <message>
        <source>Code entropy</source>
        <translation>Entropie der Codes</translation>
    </message>
    <message>
        <source>Entropy of the codes, all codebooks pooled</source>
        <translation>Entropie der Codes, alle Codebücher zusammen</translation>
    </message>
    <message>
        <source>Utilization</source>
        <translation>Auslastung</translation>
    </message>
    <message>
        <source>Code entropy over code bits</source>
        <translation>Entropie der Codes durch Bits des Codes</translation>
    </message>
    <message>
        <source>KL divergence</source>
        <translation>KL-Divergenz</translation>
    </message>
    <message>
        <source>Original against decoded values in 512 bins; for display only</source>
        <translation>Original gegen dekodierte Werte in 512 Klassen; nur zur Anzeige</translation>
    </message>
    <message>
        <source>Vacant, structural</source>
        <translation>Unbesetzt, strukturell</translation>
    </message>
    <message>
        <source>Codes that are never written or repeat a level</source>
        <translation>Codes, die nie geschrieben werden oder eine Stufe wiederholen</translation>
    </message>
    <message>
        <source>Vacant, tensor</source>
        <translation>Unbesetzt, Tensor</translation>
    </message>
    <message>
        <source>Other codes that no element of the tensor has</source>
        <translation>Andere Codes, die kein Element des Tensors hat</translation>
    </message>
    <message>
        <source>Vacant, block mean</source>
        <translation>Unbesetzt, Blockmittel</translation>
    </message>
    <message>
        <source>Codes unused in a block, mean over blocks</source>
        <translation>In einem Block unbenutzte Codes, Mittel über Blöcke</translation>
    </message>
    <message>
        <source>Vacant, block expected</source>
        <translation>Unbesetzt, im Block erwartet</translation>
    </message>
    <message>
        <source>The same for elements drawn independently with the tensor&apos;s frequencies</source>
        <translation>Dasselbe für Elemente, die unabhängig mit den Häufigkeiten des Tensors gezogen werden</translation>
    </message>
    <message>
        <source>Vacant, headroom mean</source>
        <translation>Unbesetzt, mittlerer Spielraum</translation>
    </message>
    <message>
        <source>Levels beyond a block&apos;s highest and lowest used level, mean over blocks</source>
        <translation>Stufen jenseits der höchsten und niedrigsten benutzten Stufe eines Blocks, Mittel über Blöcke</translation>
    </message>
    <message>
        <source>Excluded elements</source>
        <translation>Ausgeschlossene Elemente</translation>
    </message>
    <message>
        <source>Elements of blocks that hold a NaN or infinity</source>
        <translation>Elemente von Blöcken, die NaN oder Unendlich enthalten</translation>
    </message>
    <message>
        <source>NaN</source>
        <translation>NaN</translation>
    </message>
    <message>
        <source>NaN in the tensor</source>
        <translation>NaN im Tensor</translation>
    </message>
    <message>
        <source>Infinity</source>
        <translation>Unendlich</translation>
    </message>
    <message>
        <source>Infinities in the tensor</source>
        <translation>Unendlich im Tensor</translation>
    </message>
    <message>
        <source>Saturated</source>
        <translation>Gesättigt</translation>
    </message>
    <message>
        <source>Elements that decode beyond the largest float32</source>
        <translation>Elemente, die über das größte float32 hinaus dekodieren</translation>
    </message>
    <message>
        <source>Shannon</source>
        <translation>Shannon</translation>
    </message>
    <message>
        <source>Bound: the highest SQNR that any code of this many bits can reach. %1</source>
        <translation>Schranke: das höchste SQNR, das ein Code mit so vielen Bits erreichen kann. %1</translation>
    </message>
    <message>
        <source>Panter-Dite</source>
        <translation>Panter-Dite</translation>
    </message>
    <message>
        <source>Bound: SQNR of the best fixed-rate scalar quantizer with many levels. %1</source>
        <translation>Schranke: SQNR des besten skalaren Quantisierers fester Rate mit vielen Stufen. %1</translation>
    </message>
    <message>
        <source>Lloyd-Max</source>
        <translation>Lloyd-Max</translation>
    </message>
    <message>
        <source>Bound: SQNR of the best codebook for the tensor as a whole. %1</source>
        <translation>Schranke: SQNR des besten Codebuchs für den Tensor als Ganzes. %1</translation>
    </message>
    <message>
        <source>%1, code bits</source>
        <translation>%1, Bits des Codes</translation>
    </message>
    <message>
        <source>At the bits of the element codes alone: a block format may beat it with its scales</source>
        <translation>Bei den Bits der Elementcodes allein: ein Blockformat kann sie mit seinen Skalen übertreffen</translation>
    </message>
    <message>
        <source>%1, all-in bits</source>
        <translation>%1, alle Bits</translation>
    </message>
    <message>
        <source>At all bits that are stored, scales and metadata included: the fair comparison</source>
        <translation>Bei allen Bits, die gespeichert werden, Skalen und Metadaten inbegriffen: der faire Vergleich</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>ms</translation>
    </message>
    <message>
        <source>Wall time of this analysis, not of the format in hardware</source>
        <translation>Laufzeit dieser Auswertung, nicht des Formats in Hardware</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Kennzahlen</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>✓ best</source>
        <translation>✓ am besten</translation>
    </message>
    <message>
        <source>✓ better</source>
        <translation>✓ besser</translation>
    </message>
    <message>
        <source>No figures yet</source>
        <translation>Noch keine Kennzahlen</translation>
    </message>
    <message>
        <source>as stored</source>
        <translation>wie gespeichert</translation>
    </message>
</context>
<context>
    <name>nanoscope::FormatDifferenceView</name>
    <message>
        <source>Fields that differ</source>
        <translation>Felder, die sich unterscheiden</translation>
    </message>
    <message>
        <source>Copy table</source>
        <translation>Tabelle kopieren</translation>
    </message>
    <message>
        <source>%1 and %2 are the same format</source>
        <translation>%1 und %2 sind dasselbe Format</translation>
    </message>
    <message>
        <source>%1 and %2 differ in one field</source>
        <translation>%1 und %2 unterscheiden sich in einem Feld</translation>
    </message>
    <message>
        <source>%1 and %2 differ in %3 fields</source>
        <translation>%1 und %2 unterscheiden sich in %3 Feldern</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>What it says</source>
        <translation>Was es sagt</translation>
    </message>
</context>
<context>
    <name>nanoscope::FormatEditor</name>
    <message>
        <source>All parameters</source>
        <translation>Alle Parameter</translation>
    </message>
    <message>
        <source>&amp;Preset</source>
        <translation>&amp;Vorgabe</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>Choose a format, or type part of its name</source>
        <translation>Ein Format wählen oder einen Teil seines Namens eingeben</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Reset format</source>
        <translation>Format zurücksetzen</translation>
    </message>
    <message>
        <source>Show every parameter that this format could have, also those that few formats use</source>
        <translation>Jeden Parameter zeigen, den dieses Format haben könnte, auch die, die wenige Formate nutzen</translation>
    </message>
    <message>
        <source>Back to %1</source>
        <translation>Zurück zu %1</translation>
    </message>
    <message>
        <source>%1 bits per element, nominal</source>
        <translation>%1 Bits je Element, nominell</translation>
    </message>
    <message>
        <source>Source: %1</source>
        <translation>Quelle: %1</translation>
    </message>
    <message>
        <source>Edited. %1</source>
        <translation>Bearbeitet. %1</translation>
    </message>
    <message>
        <source>a number, or nothing</source>
        <translation>eine Zahl oder nichts</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>an integer, or nothing</source>
        <translation>eine ganze Zahl oder nichts</translation>
    </message>
    <message>
        <source>integers such as -1, 0, 1</source>
        <translation>ganze Zahlen wie -1, 0, 1</translation>
    </message>
    <message>
        <source>numbers such as 1, 0.95, 0.9, or from..to..step such as 0.5..1..0.02</source>
        <translation>Zahlen wie 1, 0.95, 0.9, oder von..bis..Schritt wie 0.5..1..0.02</translation>
    </message>
    <message>
        <source>an integer from 0 to 4294967295</source>
        <translation>eine ganze Zahl von 0 bis 4294967295</translation>
    </message>
    <message>
        <source>numbers, one per code, set apart by commas, blanks or lines</source>
        <translation>Zahlen, eine je Code, getrennt durch Kommas, Leerzeichen oder Zeilen</translation>
    </message>
    <message>
        <source>%1: %2, by code</source>
        <translation>%1: %2, nach Code</translation>
    </message>
    <message>
        <source>Search order</source>
        <translation>Suchreihenfolge</translation>
    </message>
    <message>
        <source>offset, target, book and micro, each once</source>
        <translation>offset, target, book und micro, jedes einmal</translation>
    </message>
    <message>
        <source>Objective</source>
        <translation>Zielgröße</translation>
    </message>
    <message>
        <source>What a search makes smallest over a block</source>
        <translation>Was eine Suche über einen Block möglichst klein macht</translation>
    </message>
    <message>
        <source>squared error</source>
        <translation>quadratischer Fehler</translation>
    </message>
    <message>
        <source>absolute error</source>
        <translation>absoluter Fehler</translation>
    </message>
    <message>
        <source>largest error</source>
        <translation>größter Fehler</translation>
    </message>
    <message>
        <source>Nesting of the search, outermost first; the first smallest error wins, so the order decides ties</source>
        <translation>Schachtelung der Suche, äußerste zuerst; der erste kleinste Fehler gewinnt, also entscheidet die Reihenfolge bei Gleichstand</translation>
    </message>
    <message>
        <source>Rounding of ties</source>
        <translation>Rundung bei Gleichstand</translation>
    </message>
    <message>
        <source>Where an element goes that lies exactly between two levels</source>
        <translation>Wohin ein Element geht, das genau zwischen zwei Stufen liegt</translation>
    </message>
    <message>
        <source>to the even code</source>
        <translation>zum geraden Code</translation>
    </message>
    <message>
        <source>away from zero</source>
        <translation>von null weg</translation>
    </message>
    <message>
        <source>toward zero</source>
        <translation>zu null hin</translation>
    </message>
    <message>
        <source>down</source>
        <translation>nach unten</translation>
    </message>
    <message>
        <source>up</source>
        <translation>nach oben</translation>
    </message>
    <message>
        <source>Stochastic rounding</source>
        <translation>Stochastische Rundung</translation>
    </message>
    <message>
        <source>An element goes to either neighboring level at random, the nearer the likelier, so that the mean error is zero</source>
        <translation>Ein Element geht zufällig auf eine der beiden Nachbarstufen, auf die nähere eher, sodass der mittlere Fehler null ist</translation>
    </message>
    <message>
        <source>Rounding seed</source>
        <translation>Startwert der Rundung</translation>
    </message>
    <message>
        <source>The same seed gives the same random numbers</source>
        <translation>Derselbe Startwert gibt dieselben Zufallszahlen</translation>
    </message>
    <message>
        <source>Search and rounding</source>
        <translation>Suche und Rundung</translation>
    </message>
    <message>
        <source>Arithmetic</source>
        <translation>Arithmetik</translation>
    </message>
    <message>
        <source>Order and precision of the operations on scales and quotients</source>
        <translation>Reihenfolge und Genauigkeit der Operationen an Skalen und Quotienten</translation>
    </message>
    <message>
        <source>exact (double)</source>
        <translation>exakt (double)</translation>
    </message>
    <message>
        <source>float32 steps</source>
        <translation>Schritte in float32</translation>
    </message>
    <message>
        <source>TransformerEngine</source>
        <translation>TransformerEngine</translation>
    </message>
    <message>
        <source>TransformerEngine, folded</source>
        <translation>TransformerEngine, zusammengefasst</translation>
    </message>
    <message>
        <source>torchao</source>
        <translation>torchao</translation>
    </message>
    <message>
        <source>ModelOpt</source>
        <translation>ModelOpt</translation>
    </message>
    <message>
        <source>Code layout</source>
        <translation>Anordnung der Codes</translation>
    </message>
    <message>
        <source>Order of the code bits in memory: code after code, the upper bits of all codes before their lowest four (FP6 4+2), or bit by bit of all codes; no value changes</source>
        <translation>Reihenfolge der Codebits im Speicher: Code nach Code, die oberen Bits aller Codes vor ihren untersten vier (FP6 4+2), oder Bit für Bit aller Codes; kein Wert ändert sich</translation>
    </message>
    <message>
        <source>code after code</source>
        <translation>Code nach Code</translation>
    </message>
    <message>
        <source>upper bits, lower four</source>
        <translation>obere Bits, untere vier</translation>
    </message>
    <message>
        <source>bit planes</source>
        <translation>Bitebenen</translation>
    </message>
    <message>
        <source>integer</source>
        <translation>Ganzzahl</translation>
    </message>
    <message>
        <source>posit</source>
        <translation>Posit</translation>
    </message>
    <message>
        <source>table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>k-means</source>
        <translation>k-means</translation>
    </message>
    <message>
        <source>Codebooks</source>
        <translation>Codebücher</translation>
    </message>
    <message>
        <source>How many codebooks there are to choose from; a new one starts as a copy of the last</source>
        <translation>Wie viele Codebücher zur Wahl stehen; ein neues beginnt als Kopie des letzten</translation>
    </message>
    <message>
        <source>Codebook</source>
        <translation>Codebuch</translation>
    </message>
    <message>
        <source>Where the levels come from: a float of these exponent and mantissa bits, uniform steps, a posit, a table of your own, or k-means of the values themselves</source>
        <translation>Woher die Stufen kommen: eine Gleitkommazahl mit diesen Exponent- und Mantissenbits, gleiche Schritte, ein Posit, eine eigene Tabelle oder k-means der Werte selbst</translation>
    </message>
    <message>
        <source>Level gain</source>
        <translation>Verstärkung der Stufen</translation>
    </message>
    <message>
        <source>Multiplies every level of the codebook</source>
        <translation>Multipliziert jede Stufe des Codebuchs</translation>
    </message>
    <message>
        <source>Maximum maps to</source>
        <translation>Maximum wird zu</translation>
    </message>
    <message>
        <source>What the scale maps the block maximum to; the largest level if empty</source>
        <translation>Worauf die Skala das Blockmaximum abbildet; leer: die größte Stufe</translation>
    </message>
    <message>
        <source>largest level</source>
        <translation>größte Stufe</translation>
    </message>
    <message>
        <source>Recycled level</source>
        <translation>Wiederverwendete Stufe</translation>
    </message>
    <message>
        <source>The level that the code of −0 stands for</source>
        <translation>Die Stufe, für die der Code von −0 steht</translation>
    </message>
    <message>
        <source>+½ smallest level</source>
        <translation>+½ kleinste</translation>
    </message>
    <message>
        <source>−½ smallest level</source>
        <translation>−½ kleinste</translation>
    </message>
    <message>
        <source>a value</source>
        <translation>ein Wert</translation>
    </message>
    <message>
        <source>wasted</source>
        <translation>verschwendet</translation>
    </message>
    <message>
        <source>Recycled value</source>
        <translation>Wiederverwendeter Wert</translation>
    </message>
    <message>
        <source>The recycled level, before scaling</source>
        <translation>Die wiederverwendete Stufe vor der Skalierung</translation>
    </message>
    <message>
        <source>Align to first codebook</source>
        <translation>Am ersten Codebuch ausrichten</translation>
    </message>
    <message>
        <source>The exponent of every codebook follows from the first one&apos;s largest level</source>
        <translation>Der Exponent jedes Codebuchs folgt aus der größten Stufe des ersten</translation>
    </message>
    <message>
        <source>Top codes</source>
        <translation>Oberste Codes</translation>
    </message>
    <message>
        <source>What the codes of the highest exponent mean: numbers like all others, or NaN and infinity; fnuz: only the code of −0 is NaN</source>
        <translation>Was die Codes des höchsten Exponenten bedeuten: Zahlen wie alle anderen oder NaN und Unendlich; fnuz: nur der Code von −0 ist NaN</translation>
    </message>
    <message>
        <source>numbers</source>
        <translation>Zahlen</translation>
    </message>
    <message>
        <source>last is NaN</source>
        <translation>letzter ist NaN</translation>
    </message>
    <message>
        <source>infinity, NaN</source>
        <translation>Unendlich, NaN</translation>
    </message>
    <message>
        <source>−0 is NaN (fnuz)</source>
        <translation>−0 ist NaN (fnuz)</translation>
    </message>
    <message>
        <source>Exponent bias</source>
        <translation>Exponent-Bias</translation>
    </message>
    <message>
        <source>Moves all levels by a power of two; empty: the standard one, 2^(e−1) − 1</source>
        <translation>Verschiebt alle Stufen um eine Zweierpotenz; leer: der übliche, 2^(e−1) − 1</translation>
    </message>
    <message>
        <source>standard</source>
        <translation>üblich</translation>
    </message>
    <message>
        <source>Subnormals</source>
        <translation>Subnormale</translation>
    </message>
    <message>
        <source>The smallest exponent holds levels of its own; without them it means zero</source>
        <translation>Der kleinste Exponent hat eigene Stufen; ohne sie bedeutet er null</translation>
    </message>
    <message>
        <source>Step exponent</source>
        <translation>Exponent des Schritts</translation>
    </message>
    <message>
        <source>Uniform levels lie 2^this apart</source>
        <translation>Gleichmäßige Stufen liegen 2^dies auseinander</translation>
    </message>
    <message>
        <source>Two’s complement</source>
        <translation>Zweierkomplement</translation>
    </message>
    <message>
        <source>One more negative level in place of −0</source>
        <translation>Eine negative Stufe mehr anstelle von −0</translation>
    </message>
    <message>
        <source>Mid-rise</source>
        <translation>Mid-Rise</translation>
    </message>
    <message>
        <source>Levels at odd half steps: as many positive as negative ones, none at zero</source>
        <translation>Stufen bei ungeraden halben Schritten: so viele positive wie negative, keine bei null</translation>
    </message>
    <message>
        <source>Overflow</source>
        <translation>Überlauf</translation>
    </message>
    <message>
        <source>What becomes of a value beyond the outermost level: it takes that level, or its code wraps around to the other end</source>
        <translation>Was aus einem Wert jenseits der äußersten Stufe wird: er nimmt diese Stufe, oder sein Code läuft zum anderen Ende um</translation>
    </message>
    <message>
        <source>saturates</source>
        <translation>sättigt</translation>
    </message>
    <message>
        <source>wraps around</source>
        <translation>läuft um</translation>
    </message>
    <message>
        <source>Powers of two</source>
        <translation>Zweierpotenzen</translation>
    </message>
    <message>
        <source>Keeps only that many powers of two of a code, so that a product takes that many shifts (K-hot); 0: all</source>
        <translation>Behält nur so viele Zweierpotenzen eines Codes, sodass ein Produkt so viele Verschiebungen braucht (K-hot); 0: alle</translation>
    </message>
    <message>
        <source>Stored code bits</source>
        <translation>Gespeicherte Codebits</translation>
    </message>
    <message>
        <source>Width of a wider stored code of which only the leading bits are read (Double Rounding, bit planes); 0: the code is stored as it is</source>
        <translation>Breite eines breiteren gespeicherten Codes, von dem nur die führenden Bits gelesen werden (Double Rounding, Bitebenen); 0: der Code wird gespeichert, wie er ist</translation>
    </message>
    <message>
        <source>Read by</source>
        <translation>Gelesen durch</translation>
    </message>
    <message>
        <source>How the wider code becomes the shorter one: the nearest code, or the leading bits as they are</source>
        <translation>Wie aus dem breiteren Code der kürzere wird: der nächste Code oder die führenden Bits, wie sie sind</translation>
    </message>
    <message>
        <source>rounding</source>
        <translation>Runden</translation>
    </message>
    <message>
        <source>leading bits</source>
        <translation>führende Bits</translation>
    </message>
    <message>
        <source>Posit exponent bits</source>
        <translation>Exponentbits des Posits</translation>
    </message>
    <message>
        <source>Bits of the exponent beside the posit’s regime (es): each doubles the octaves that a step of the regime covers</source>
        <translation>Bits des Exponenten neben dem Regime des Posits (es): jedes verdoppelt die Oktaven, die ein Schritt des Regimes umfasst</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>Stufen</translation>
    </message>
    <message>
        <source>The levels by code, the first is that of code 0: 2 to 256 numbers, typed or pasted, set apart by commas, blanks or lines; their number makes the bits of a code</source>
        <translation>Die Stufen nach Code, die erste ist die von Code 0: 2 bis 256 Zahlen, getippt oder eingefügt, getrennt durch Kommas, Leerzeichen oder Zeilen; ihre Anzahl ergibt die Bits eines Codes</translation>
    </message>
    <message>
        <source>Table name</source>
        <translation>Name der Tabelle</translation>
    </message>
    <message>
        <source>What the views call the codebook</source>
        <translation>Wie die Ansichten das Codebuch nennen</translation>
    </message>
    <message>
        <source>Mantissa rule</source>
        <translation>Regel der Mantisse</translation>
    </message>
    <message>
        <source>How the scale’s mantissa is found: search for the smallest error, or from the block maximum</source>
        <translation>Wie die Mantisse der Skala bestimmt wird: Suche nach dem kleinsten Fehler oder aus dem Blockmaximum</translation>
    </message>
    <message>
        <source>search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>nearest to maximum</source>
        <translation>dem Maximum am nächsten</translation>
    </message>
    <message>
        <source>above maximum</source>
        <translation>über dem Maximum</translation>
    </message>
    <message>
        <source>leading bits, rounded</source>
        <translation>führende Bits, gerundet</translation>
    </message>
    <message>
        <source>shared microexponent</source>
        <translation>gemeinsamer Mikroexponent</translation>
    </message>
    <message>
        <source>Mantissa per</source>
        <translation>Mantisse je</translation>
    </message>
    <message>
        <source>What has a mantissa of its own</source>
        <translation>Was eine eigene Mantisse hat</translation>
    </message>
    <message>
        <source>block</source>
        <translation>Block</translation>
    </message>
    <message>
        <source>subgroup</source>
        <translation>Untergruppe</translation>
    </message>
    <message>
        <source>Codebook rule</source>
        <translation>Regel des Codebuchs</translation>
    </message>
    <message>
        <source>How a codebook is chosen: search for the smallest error, or by counting exponents near the block maximum</source>
        <translation>Wie ein Codebuch gewählt wird: Suche nach dem kleinsten Fehler oder Zählen der Exponenten nahe dem Blockmaximum</translation>
    </message>
    <message>
        <source>counts (MXFFP)</source>
        <translation>Zählen (MXFFP)</translation>
    </message>
    <message>
        <source>Codebook per</source>
        <translation>Codebuch je</translation>
    </message>
    <message>
        <source>What chooses a codebook of its own; tensor: one codebook for all blocks, the one with the smallest total error</source>
        <translation>Was ein eigenes Codebuch wählt; Tensor: ein Codebuch für alle Blöcke, das mit dem kleinsten Gesamtfehler</translation>
    </message>
    <message>
        <source>tensor</source>
        <translation>Tensor</translation>
    </message>
    <message>
        <source>Selector bit in scale’s sign</source>
        <translation>Auswahlbit im Vorzeichen der Skala</translation>
    </message>
    <message>
        <source>One bit of the codebook&apos;s number rides in the unused sign bit of the scale code</source>
        <translation>Ein Bit der Nummer des Codebuchs steht im unbenutzten Vorzeichenbit des Skalencodes</translation>
    </message>
    <message>
        <source>Choices per block</source>
        <translation>Wahl je Block</translation>
    </message>
    <message>
        <source>general</source>
        <translation>allgemein</translation>
    </message>
    <message>
        <source>Named encoder</source>
        <translation>Benannter Kodierer</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>Kodierer</translation>
    </message>
    <message>
        <source>A procedure under its own name, which fixes codebook, scale and blocks; general: all fields of a format apply</source>
        <translation>Ein Verfahren mit eigenem Namen, das Codebuch, Skala und Blöcke festlegt; allgemein: alle Felder eines Formats gelten</translation>
    </message>
    <message>
        <source>Inlier bits</source>
        <translation>Bits der gewöhnlichen</translation>
    </message>
    <message>
        <source>Bits of an ordinary element; outliers take the room of pruned neighbors</source>
        <translation>Bits eines gewöhnlichen Elements; Ausreißer nehmen den Platz gestrichener Nachbarn</translation>
    </message>
    <message>
        <source>Outlier at σ</source>
        <translation>Ausreißer ab σ</translation>
    </message>
    <message>
        <source>Elements beyond that many standard deviations are outliers</source>
        <translation>Elemente jenseits so vieler Standardabweichungen sind Ausreißer</translation>
    </message>
    <message>
        <source>Residual stages</source>
        <translation>Reststufen</translation>
    </message>
    <message>
        <source>How often what is left is quantized once more, with scales of its own</source>
        <translation>Wie oft der Rest noch einmal quantisiert wird, mit eigenen Skalen</translation>
    </message>
    <message>
        <source>Exception mantissa</source>
        <translation>Mantisse der Ausnahme</translation>
    </message>
    <message>
        <source>Mantissa bits of the block&apos;s largest element</source>
        <translation>Mantissenbits des größten Elements des Blocks</translation>
    </message>
    <message>
        <source>Others’ offset bits</source>
        <translation>Versatzbits der anderen</translation>
    </message>
    <message>
        <source>Bits that lower the exponent of all other elements (MX++); 0: none</source>
        <translation>Bits, die den Exponenten aller anderen Elemente senken (MX++); 0: keine</translation>
    </message>
    <message>
        <source>Others’ offset rule</source>
        <translation>Versatzregel der anderen</translation>
    </message>
    <message>
        <source>How the exponent of the others follows from the second-largest element</source>
        <translation>Wie der Exponent der anderen aus dem zweitgrößten Element folgt</translation>
    </message>
    <message>
        <source>never clips</source>
        <translation>schneidet nie ab</translation>
    </message>
    <message>
        <source>floor</source>
        <translation>abrunden</translation>
    </message>
    <message>
        <source>Top-1 bits</source>
        <translation>Top-1-Bits</translation>
    </message>
    <message>
        <source>Metadata bits that refine the largest element of each subgroup</source>
        <translation>Metadatenbits, die das größte Element jeder Untergruppe verfeinern</translation>
    </message>
    <message>
        <source>Exceptions per block</source>
        <translation>Ausnahmen je Block</translation>
    </message>
    <message>
        <source>So many largest elements of each block stay BF16; the next one sets the scale</source>
        <translation>So viele größte Elemente jedes Blocks bleiben BF16; das nächste bestimmt die Skala</translation>
    </message>
    <message>
        <source>Share set aside</source>
        <translation>Beiseitegelegter Anteil</translation>
    </message>
    <message>
        <source>That share of the tensor&apos;s elements, the largest ones, stay FP16: 0.0045 is 0.45 %</source>
        <translation>Dieser Anteil der Elemente des Tensors, die größten, bleibt FP16: 0.0045 sind 0.45 %</translation>
    </message>
    <message>
        <source>Column threshold</source>
        <translation>Schwelle der Spalten</translation>
    </message>
    <message>
        <source>Columns of the tensor that hold an element of at least this magnitude stay FP16</source>
        <translation>Spalten des Tensors mit einem Element von mindestens diesem Betrag bleiben FP16</translation>
    </message>
    <message>
        <source>Threshold times RMS</source>
        <translation>Schwelle mal RMS</translation>
    </message>
    <message>
        <source>The threshold is in multiples of the tensor&apos;s root mean square, so that it does not depend on the tensor&apos;s size</source>
        <translation>Die Schwelle zählt in Vielfachen des quadratischen Mittels des Tensors, hängt also nicht von dessen Größe ab</translation>
    </message>
    <message>
        <source>N:M pruning</source>
        <translation>N:M-Ausdünnung</translation>
    </message>
    <message>
        <source>two integers such as 2:4, or nothing</source>
        <translation>zwei ganze Zahlen wie 2:4 oder nichts</translation>
    </message>
    <message>
        <source>Exceptions</source>
        <translation>Ausnahmen</translation>
    </message>
    <message>
        <source>Exception</source>
        <translation>Ausnahme</translation>
    </message>
    <message>
        <source>Elements that are stored more finely than their neighbors: the largest of a block or subgroup, the largest of the tensor, or columns with large elements</source>
        <translation>Elemente, die feiner gespeichert sind als ihre Nachbarn: das größte eines Blocks oder einer Untergruppe, die größten des Tensors oder Spalten mit großen Elementen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>block max. (MX+)</source>
        <translation>Blockmax. (MX+)</translation>
    </message>
    <message>
        <source>top 1 (M2XFP)</source>
        <translation>Top 1 (M2XFP)</translation>
    </message>
    <message>
        <source>top n as BF16 (OPAL)</source>
        <translation>Top n als BF16 (OPAL)</translation>
    </message>
    <message>
        <source>sparse FP16 (SqueezeLLM)</source>
        <translation>dünnes FP16 (SqueezeLLM)</translation>
    </message>
    <message>
        <source>FP16 columns (LLM.int8)</source>
        <translation>FP16-Spalten (LLM.int8)</translation>
    </message>
    <message>
        <source>2:4 keeps the two largest of every four consecutive elements, the others become 0</source>
        <translation>2:4 behält die zwei größten von je vier aufeinanderfolgenden Elementen, die anderen werden 0</translation>
    </message>
    <message>
        <source>Bloc&amp;k size</source>
        <translation>Bloc&amp;kgröße</translation>
    </message>
    <message>
        <source>Elements that share a scale</source>
        <translation>Elemente mit gemeinsamer Skala</translation>
    </message>
    <message>
        <source>Whole row</source>
        <translation>Ganze Zeile</translation>
    </message>
    <message>
        <source>A row of the tensor is one block, whatever its length (per-channel scales)</source>
        <translation>Eine Zeile des Tensors ist ein Block, wie lang sie auch ist (Skalen je Kanal)</translation>
    </message>
    <message>
        <source>Tile rows</source>
        <translation>Zeilen der Kachel</translation>
    </message>
    <message>
        <source>Rows of the tensor that a block covers: 16 with a block size of 256 makes tiles of 16 × 16</source>
        <translation>Zeilen des Tensors, die ein Block umfasst: 16 bei Blockgröße 256 ergibt Kacheln von 16 × 16</translation>
    </message>
    <message>
        <source>Subgroup mantissa bits: each subgroup multiplies the shared scale by 1 + i/2^bits</source>
        <translation>Mantissenbits der Untergruppe: jede Untergruppe multipliziert die gemeinsame Skala mit 1 + i/2^Bits</translation>
    </message>
    <message>
        <source>Mantissa bits of the shared scale: the block multiplies it by 1 + i/2^bits</source>
        <translation>Mantissenbits der gemeinsamen Skala: der Block multipliziert sie mit 1 + i/2^Bits</translation>
    </message>
    <message>
        <source>&amp;NanoMantissa bits</source>
        <translation>&amp;NanoMantissa-Bits</translation>
    </message>
    <message>
        <source>&amp;Adaptive Microexponent</source>
        <translation>Adaptive Microe&amp;xponent</translation>
    </message>
    <message>
        <source>Each block chooses the codebook that errs less</source>
        <translation>Jeder Block wählt das Codebuch mit dem kleineren Fehler</translation>
    </message>
    <message>
        <source>Code &amp;Recycling</source>
        <translation>Code &amp;Recycling</translation>
    </message>
    <message>
        <source>The code of −0 stands for a level of its own</source>
        <translation>Der Code von −0 steht für eine eigene Stufe</translation>
    </message>
    <message>
        <source>B&amp;its</source>
        <translation>B&amp;its</translation>
    </message>
    <message>
        <source>Bits of an element code, sign included</source>
        <translation>Bits eines Elementcodes, mit Vorzeichen</translation>
    </message>
    <message>
        <source>&amp;Scale codec</source>
        <translation>&amp;Skalenformat</translation>
    </message>
    <message>
        <source>How the shared scale of a block is stored; none: there is no scale</source>
        <translation>Wie die gemeinsame Skala eines Blocks gespeichert ist; keine: es gibt keine Skala</translation>
    </message>
    <message>
        <source>Search offse&amp;ts</source>
        <translation>Su&amp;chversätze</translation>
    </message>
    <message>
        <source>Exponent offsets of the shared scale that are tried, in order; the first smallest error wins</source>
        <translation>Versätze des Exponenten der gemeinsamen Skala, die der Reihe nach versucht werden; der erste kleinste Fehler gewinnt</translation>
    </message>
    <message>
        <source>%1, scale %2</source>
        <translation>%1, Skala %2</translation>
    </message>
    <message>
        <source>Mix</source>
        <translation>Mischung</translation>
    </message>
    <message>
        <source>How the blocks of a tensor get one of several formats: the widest of each row, columns of outliers, the first format that errs little enough, or a second quantization of what the worst columns have left</source>
        <translation>Wie die Blöcke eines Tensors eines von mehreren Formaten bekommen: die breitesten jeder Zeile, Spalten mit Ausreißern, das erste Format mit genügend kleinem Fehler, oder eine zweite Quantisierung dessen, was die schlechtesten Spalten übrig lassen</translation>
    </message>
    <message>
        <source>widest of row</source>
        <translation>breiteste der Zeile</translation>
    </message>
    <message>
        <source>outlier columns</source>
        <translation>Ausreißerspalten</translation>
    </message>
    <message>
        <source>error threshold</source>
        <translation>Fehlerschwelle</translation>
    </message>
    <message>
        <source>residual columns</source>
        <translation>Restspalten</translation>
    </message>
    <message>
        <source>Mix share</source>
        <translation>Anteil der Mischung</translation>
    </message>
    <message>
        <source>Share of the blocks that take the second format, or are quantized twice</source>
        <translation>Anteil der Blöcke, die das zweite Format nehmen oder zweimal quantisiert werden</translation>
    </message>
    <message>
        <source>Mix threshold</source>
        <translation>Schwelle der Mischung</translation>
    </message>
    <message>
        <source>Outlier columns: times the median of the columns&apos; maxima. Error threshold: relative error of a column of blocks that is small enough</source>
        <translation>Ausreißerspalten: Vielfaches des Medians der Spaltenmaxima. Fehlerschwelle: relativer Fehler einer Spalte von Blöcken, der klein genug ist</translation>
    </message>
    <message>
        <source>Formats</source>
        <translation>Formate</translation>
    </message>
    <message>
        <source>How many formats are tried in order; the last one takes what is left</source>
        <translation>Wie viele Formate der Reihe nach versucht werden; das letzte nimmt, was übrig ist</translation>
    </message>
    <message>
        <source>Format %1</source>
        <translation>Format %1</translation>
    </message>
    <message>
        <source>One of the formats that blocks can have; another preset can take its place and keeps the block size of the whole</source>
        <translation>Eines der Formate, die Blöcke haben können; eine andere Vorgabe kann an seine Stelle treten und behält die Blockgröße des Ganzen</translation>
    </message>
    <message>
        <source>Mixed formats</source>
        <translation>Gemischte Formate</translation>
    </message>
    <message>
        <source>Scale rule</source>
        <translation>Regel der Skala</translation>
    </message>
    <message>
        <source>How the power of two follows from the block maximum</source>
        <translation>Wie die Zweierpotenz aus dem Blockmaximum folgt</translation>
    </message>
    <message>
        <source>floor (OCP)</source>
        <translation>abrunden (OCP)</translation>
    </message>
    <message>
        <source>ceil</source>
        <translation>aufrunden</translation>
    </message>
    <message>
        <source>round up (rceil)</source>
        <translation>aufrunden (rceil)</translation>
    </message>
    <message>
        <source>even</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>nearest maximum</source>
        <translation>nächstes Maximum</translation>
    </message>
    <message>
        <source>nearest power</source>
        <translation>nächste Potenz</translation>
    </message>
    <message>
        <source>Scale from</source>
        <translation>Skala aus</translation>
    </message>
    <message>
        <source>The figure of a block that its scale is made of: largest magnitude, distance from lowest to highest value, mean magnitude, or the mean of what is not rounded to zero (ternary)</source>
        <translation>Die Größe eines Blocks, aus der seine Skala entsteht: größter Betrag, Abstand vom kleinsten zum größten Wert, mittlerer Betrag, oder Mittel dessen, was nicht zu null gerundet wird (ternär)</translation>
    </message>
    <message>
        <source>maximum</source>
        <translation>Maximum</translation>
    </message>
    <message>
        <source>range</source>
        <translation>Spannweite</translation>
    </message>
    <message>
        <source>mean magnitude</source>
        <translation>mittlerer Betrag</translation>
    </message>
    <message>
        <source>mean of survivors</source>
        <translation>Mittel der verbleibenden</translation>
    </message>
    <message>
        <source>Scale targets</source>
        <translation>Ziele der Skala</translation>
    </message>
    <message>
        <source>What the block maximum is mapped to; several are tried in order and the first smallest error wins; empty: the largest level of the codebook</source>
        <translation>Worauf das Blockmaximum abgebildet wird; mehrere werden der Reihe nach versucht, der erste kleinste Fehler gewinnt; leer: die größte Stufe des Codebuchs</translation>
    </message>
    <message>
        <source>Clip search</source>
        <translation>Suche der Grenze</translation>
    </message>
    <message>
        <source>Factors on the scale that are tried, in order; the first smallest error wins; below 1 the largest values are clipped; 0.5..1..0.02 stands for 0.5, 0.52 ... 1</source>
        <translation>Faktoren auf die Skala, die der Reihe nach versucht werden; der erste kleinste Fehler gewinnt; unter 1 werden die größten Werte abgeschnitten; 0.5..1..0.02 steht für 0.5, 0.52 ... 1</translation>
    </message>
    <message>
        <source>Clip multiplies</source>
        <translation>Grenze multipliziert</translation>
    </message>
    <message>
        <source>What an entry of the clip search multiplies: the scale, or the real exponent bias of a float codebook (LLM-FP4)</source>
        <translation>Was ein Eintrag der Suche multipliziert: die Skala oder den reellen Exponent-Bias eines Gleitkomma-Codebuchs (LLM-FP4)</translation>
    </message>
    <message>
        <source>the scale</source>
        <translation>die Skala</translation>
    </message>
    <message>
        <source>the exponent bias</source>
        <translation>den Exponent-Bias</translation>
    </message>
    <message>
        <source>Smallest scale</source>
        <translation>Kleinste Skala</translation>
    </message>
    <message>
        <source>No smaller scale is stored</source>
        <translation>Keine kleinere Skala wird gespeichert</translation>
    </message>
    <message>
        <source>codec’s own</source>
        <translation>die des Skalenformats</translation>
    </message>
    <message>
        <source>Largest scale</source>
        <translation>Größte Skala</translation>
    </message>
    <message>
        <source>No larger scale is stored</source>
        <translation>Keine größere Skala wird gespeichert</translation>
    </message>
    <message>
        <source>All-zero block</source>
        <translation>Block aus Nullen</translation>
    </message>
    <message>
        <source>The scale that a block of zeros stores</source>
        <translation>Die Skala, die ein Block aus Nullen speichert</translation>
    </message>
    <message>
        <source>smallest scale</source>
        <translation>kleinste Skala</translation>
    </message>
    <message>
        <source>scale of 1</source>
        <translation>Skala 1</translation>
    </message>
    <message>
        <source>Codes follow from</source>
        <translation>Codes folgen aus</translation>
    </message>
    <message>
        <source>Elements are divided by the scale as stored, or by the one before it was rounded to its codec (ANT, LLM-FP4)</source>
        <translation>Elemente werden durch die gespeicherte Skala geteilt oder durch die vor ihrer Rundung (ANT, LLM-FP4)</translation>
    </message>
    <message>
        <source>the stored scale</source>
        <translation>der gespeicherten Skala</translation>
    </message>
    <message>
        <source>the ideal scale</source>
        <translation>der idealen Skala</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>Versatz</translation>
    </message>
    <message>
        <source>What a block stores beside its scale so that its levels need not be symmetric: the code that stands for zero, or the lowest value as FP16</source>
        <translation>Was ein Block neben seiner Skala speichert, damit seine Stufen nicht symmetrisch sein müssen: den Code, der für null steht, oder den kleinsten Wert als FP16</translation>
    </message>
    <message>
        <source>zero point</source>
        <translation>Nullpunkt</translation>
    </message>
    <message>
        <source>minimum</source>
        <translation>Minimum</translation>
    </message>
    <message>
        <source>Range includes zero</source>
        <translation>Bereich enthält null</translation>
    </message>
    <message>
        <source>The range is widened until it holds zero, so that zero is exact (GPTQ, AWQ)</source>
        <translation>Der Bereich wird erweitert, bis er null enthält, sodass null exakt ist (GPTQ, AWQ)</translation>
    </message>
    <message>
        <source>Scales</source>
        <translation>Skalen</translation>
    </message>
    <message>
        <source>One scale per sign</source>
        <translation>Eine Skala je Vorzeichen</translation>
    </message>
    <message>
        <source>One scale for the positive elements of a block, one for the others</source>
        <translation>Eine Skala für die positiven Elemente eines Blocks, eine für die anderen</translation>
    </message>
    <message>
        <source>Subgroup size</source>
        <translation>Größe der Untergruppe</translation>
    </message>
    <message>
        <source>Elements that share a micro-scale; divides the block</source>
        <translation>Elemente mit gemeinsamer Mikroskala; teilt den Block</translation>
    </message>
    <message>
        <source>Tensor target</source>
        <translation>Ziel des Tensors</translation>
    </message>
    <message>
        <source>The tensor&apos;s maximum is mapped to this: largest scale times largest level</source>
        <translation>Das Maximum des Tensors wird hierauf abgebildet: größte Skala mal größte Stufe</translation>
    </message>
    <message>
        <source>Tensor scale from</source>
        <translation>Tensorskala aus</translation>
    </message>
    <message>
        <source>The figure of the tensor that its scale is made of: largest or mean magnitude</source>
        <translation>Die Größe des Tensors, aus der seine Skala entsteht: größter oder mittlerer Betrag</translation>
    </message>
    <message>
        <source>Tensor scale codec</source>
        <translation>Format der Tensorskala</translation>
    </message>
    <message>
        <source>How the tensor&apos;s scale is stored: a float32 number, or a power of two (dynamic fixed point)</source>
        <translation>Wie die Skala des Tensors gespeichert ist: eine float32-Zahl oder eine Zweierpotenz (dynamisches Festkomma)</translation>
    </message>
    <message>
        <source>Tensor offsets</source>
        <translation>Versätze des Tensors</translation>
    </message>
    <message>
        <source>Exponent offsets of the tensor&apos;s scale that are tried over the whole tensor; the first smallest error wins</source>
        <translation>Versätze des Exponenten der Tensorskala, die über den ganzen Tensor versucht werden; der erste kleinste Fehler gewinnt</translation>
    </message>
    <message>
        <source>Fixed exponent</source>
        <translation>Fester Exponent</translation>
    </message>
    <message>
        <source>A stated exponent in place of one from the data (fixed point); empty: from the data</source>
        <translation>Ein vorgegebener Exponent statt eines aus den Daten (Festkomma); leer: aus den Daten</translation>
    </message>
    <message>
        <source>from the data</source>
        <translation>aus den Daten</translation>
    </message>
    <message>
        <source>Tensor clip search</source>
        <translation>Suche der Grenze des Tensors</translation>
    </message>
    <message>
        <source>Factors on the tensor&apos;s scale that are tried over the whole tensor; the first smallest error wins; 0.5..1..0.02 stands for 0.5, 0.52 ... 1</source>
        <translation>Faktoren auf die Skala des Tensors, die über den ganzen Tensor versucht werden; der erste kleinste Fehler gewinnt; 0.5..1..0.02 steht für 0.5, 0.52 ... 1</translation>
    </message>
    <message>
        <source>Smallest tensor scale</source>
        <translation>Kleinste Tensorskala</translation>
    </message>
    <message>
        <source>No smaller scale of the tensor is stored</source>
        <translation>Keine kleinere Skala des Tensors wird gespeichert</translation>
    </message>
    <message>
        <source>Tensor scale</source>
        <translation>Tensorskala</translation>
    </message>
    <message>
        <source>One more scale for the whole tensor</source>
        <translation>Eine weitere Skala für den ganzen Tensor</translation>
    </message>
    <message>
        <source>Transform</source>
        <translation>Transformation</translation>
    </message>
    <message>
        <source>Hadamard rotation</source>
        <translation>Hadamard-Drehung</translation>
    </message>
    <message>
        <source>Every so many neighbors along a row are rotated into sums and differences of each other before they are quantized, and back afterwards; spreads outliers</source>
        <translation>Je so viele Nachbarn einer Zeile werden vor der Quantisierung in Summen und Differenzen voneinander gedreht und danach zurück; verteilt Ausreißer</translation>
    </message>
    <message>
        <source>Random signs</source>
        <translation>Zufällige Vorzeichen</translation>
    </message>
    <message>
        <source>Every column gets a random sign before the rotation, so that no regular pattern of the values survives it</source>
        <translation>Jede Spalte bekommt vor der Drehung ein zufälliges Vorzeichen, damit kein regelmäßiges Muster der Werte sie übersteht</translation>
    </message>
    <message>
        <source>Sign seed</source>
        <translation>Startwert der Vorzeichen</translation>
    </message>
    <message>
        <source>The same seed gives the same random signs</source>
        <translation>Derselbe Startwert gibt dieselben zufälligen Vorzeichen</translation>
    </message>
    <message>
        <source>Sort columns</source>
        <translation>Spalten sortieren</translation>
    </message>
    <message>
        <source>Columns are sorted by their norm, so that blocks hold values of similar size (K-sort); they are put back afterwards</source>
        <translation>Spalten werden nach ihrer Norm sortiert, sodass Blöcke Werte ähnlicher Größe enthalten (K-sort); danach kommen sie zurück</translation>
    </message>
</context>
<context>
    <name>nanoscope::HeatMap</name>
    <message>
        <source>Error map</source>
        <translation>Fehlerkarte</translation>
    </message>
    <message>
        <source>No tensor is open</source>
        <translation>Kein Tensor ist offen</translation>
    </message>
    <message>
        <source>Error map of %1 under %2: %3, %4 × %5 blocks</source>
        <translation>Fehlerkarte von %1 mit %2: %3, %4 × %5 Blöcke</translation>
    </message>
    <message>
        <source>; worst is block %1</source>
        <translation>; am schlechtesten ist Block %1</translation>
    </message>
    <message>
        <source>; selected: %1</source>
        <translation>; gewählt: %1</translation>
    </message>
    <message>
        <source>; %1 %2</source>
        <translation>; %1 %2</translation>
    </message>
    <message>
        <source>Nothing to show yet: open a tensor, or choose a format that fits it</source>
        <translation>Noch nichts zu zeigen: einen Tensor öffnen oder ein Format wählen, das zu ihm passt</translation>
    </message>
    <message>
        <source>blocks with %1</source>
        <translation>Blöcke mit %1</translation>
    </message>
    <message>
        <source>stronger is more often</source>
        <translation>kräftiger heißt öfter</translation>
    </message>
    <message>
        <source>lighter is worse</source>
        <translation>heller ist schlechter</translation>
    </message>
    <message>
        <source>%1  ·  %2</source>
        <translation>%1  ·  %2</translation>
    </message>
    <message>
        <source>excluded</source>
        <translation>ausgeschlossen</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>exakt</translation>
    </message>
    <message>
        <source>block</source>
        <translation>Block</translation>
    </message>
    <message>
        <source>row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>block of the row</source>
        <translation>Block der Zeile</translation>
    </message>
    <message>
        <source>elements</source>
        <translation>Elemente</translation>
    </message>
    <message>
        <source>squared error</source>
        <translation>quadratischer Fehler</translation>
    </message>
    <message>
        <source>squared values</source>
        <translation>Quadrate der Werte</translation>
    </message>
    <message>
        <source>MSE</source>
        <translation>MSE</translation>
    </message>
    <message>
        <source>SQNR</source>
        <translation>SQNR</translation>
    </message>
    <message>
        <source>dB</source>
        <translation>dB</translation>
    </message>
    <message>
        <source>largest error</source>
        <translation>größter Fehler</translation>
    </message>
</context>
<context>
    <name>nanoscope::HelpDesk</name>
    <message>
        <source>&amp;This panel</source>
        <translation>&amp;Diese Ansicht</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>&amp;Tasten</translation>
    </message>
    <message>
        <source>&amp;Commands…</source>
        <translation>&amp;Befehle…</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>Gehe zu %1</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>Ansichten</translation>
    </message>
    <message>
        <source>Format A is %1</source>
        <translation>Format A ist %1</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Vorgaben</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
</context>
<context>
    <name>nanoscope::HelpViewer</name>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>%1 — Help</source>
        <translation>%1 — Hilfe</translation>
    </message>
</context>
<context>
    <name>nanoscope::Inspector</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy derivation</source>
        <translation>Herleitung kopieren</translation>
    </message>
    <message>
        <source>Copy the derivation as text</source>
        <translation>Die Herleitung als Text kopieren</translation>
    </message>
    <message>
        <source>Block %1, element %2</source>
        <translation>Block %1, Element %2</translation>
    </message>
    <message>
        <source>Select an element of a block</source>
        <translation>Ein Element eines Blocks wählen</translation>
    </message>
    <message>
        <source>value w</source>
        <translation>Wert w</translation>
    </message>
    <message>
        <source>basis</source>
        <translation>Basis</translation>
    </message>
    <message>
        <source>value in the basis of the format: %1</source>
        <translation>Wert in der Basis des Formats: %1</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>weggelassen</translation>
    </message>
    <message>
        <source>the block holds NaN or infinity, so it decodes to NaN and no figure counts it</source>
        <translation>der Block enthält NaN oder Unendlich, dekodiert also zu NaN und zählt in keiner Kennzahl</translation>
    </message>
    <message>
        <source>set aside</source>
        <translation>beiseitegelegt</translation>
    </message>
    <message>
        <source>stored as a 16-bit float beside the codes</source>
        <translation>als 16-Bit-Gleitkommazahl neben den Codes gespeichert</translation>
    </message>
    <message>
        <source>stored value</source>
        <translation>gespeicherter Wert</translation>
    </message>
    <message>
        <source>tensor scale t</source>
        <translation>Tensorskala t</translation>
    </message>
    <message>
        <source>shared scale s</source>
        <translation>gemeinsame Skala s</translation>
    </message>
    <message>
        <source>scale s of positives</source>
        <translation>Skala s der positiven</translation>
    </message>
    <message>
        <source>scale s of others</source>
        <translation>Skala s der anderen</translation>
    </message>
    <message>
        <source>NanoMantissa r</source>
        <translation>NanoMantissa r</translation>
    </message>
    <message>
        <source>subgroup mantissa r</source>
        <translation>Mantisse r der Untergruppe</translation>
    </message>
    <message>
        <source>microexponent r</source>
        <translation>Mikroexponent r</translation>
    </message>
    <message>
        <source>sub-block scale</source>
        <translation>Skala des Unterblocks</translation>
    </message>
    <message>
        <source>sub-block minimum</source>
        <translation>Minimum des Unterblocks</translation>
    </message>
    <message>
        <source>scale of the minima</source>
        <translation>Skala der Minima</translation>
    </message>
    <message>
        <source>others’ exponent</source>
        <translation>Exponent der anderen</translation>
    </message>
    <message>
        <source>effective scale</source>
        <translation>wirksame Skala</translation>
    </message>
    <message>
        <source>(w − offset) ÷ scale</source>
        <translation>(w − Versatz) ÷ Skala</translation>
    </message>
    <message>
        <source>w ÷ scale</source>
        <translation>w ÷ Skala</translation>
    </message>
    <message>
        <source>%1, adds %2</source>
        <translation>%1, addiert %2</translation>
    </message>
    <message>
        <source>offset</source>
        <translation>Versatz</translation>
    </message>
    <message>
        <source>codebook</source>
        <translation>Codebuch</translation>
    </message>
    <message>
        <source>decision interval</source>
        <translation>Entscheidungsintervall</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>%1 (recycled −0)</source>
        <translation>%1 (wiederverwendete −0)</translation>
    </message>
    <message>
        <source>%1 (the block’s own codebook)</source>
        <translation>%1 (eigenes Codebuch des Blocks)</translation>
    </message>
    <message>
        <source>nearest level</source>
        <translation>nächste Stufe</translation>
    </message>
    <message>
        <source>code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>clipped</source>
        <translation>abgeschnitten</translation>
    </message>
    <message>
        <source>beyond the outermost level</source>
        <translation>jenseits der äußersten Stufe</translation>
    </message>
    <message>
        <source>pruned</source>
        <translation>gestrichen</translation>
    </message>
    <message>
        <source>one of the smaller elements of its group: no code is stored</source>
        <translation>eines der kleineren Elemente seiner Gruppe: kein Code wird gespeichert</translation>
    </message>
    <message>
        <source>exception mantissa</source>
        <translation>Mantisse der Ausnahme</translation>
    </message>
    <message>
        <source>top-1 mantissa</source>
        <translation>Top-1-Mantisse</translation>
    </message>
    <message>
        <source>second code</source>
        <translation>zweiter Code</translation>
    </message>
    <message>
        <source>%1, for what the first one leaves</source>
        <translation>%1, für das, was der erste übrig lässt</translation>
    </message>
    <message>
        <source>refined level</source>
        <translation>verfeinerte Stufe</translation>
    </message>
    <message>
        <source>level × scale + offset</source>
        <translation>Stufe × Skala + Versatz</translation>
    </message>
    <message>
        <source>level × scale</source>
        <translation>Stufe × Skala</translation>
    </message>
    <message>
        <source>decoded value</source>
        <translation>dekodierter Wert</translation>
    </message>
    <message>
        <source>decoded − w</source>
        <translation>dekodiert − w</translation>
    </message>
    <message>
        <source>relative error</source>
        <translation>relativer Fehler</translation>
    </message>
</context>
<context>
    <name>nanoscope::LanguageMenu</name>
    <message>
        <source>Lan&amp;guage</source>
        <translation>S&amp;prache</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation>&amp;System</translation>
    </message>
</context>
<context>
    <name>nanoscope::LessonPlayer</name>
    <message>
        <source>Open lesson</source>
        <translation>Lektion öffnen</translation>
    </message>
    <message>
        <source>Lessons (*.json);;All files (*)</source>
        <translation>Lektionen (*.json);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>nanoscope::LessonView</name>
    <message>
        <source>Lessons to choose from</source>
        <translation>Lektionen zur Wahl</translation>
    </message>
    <message>
        <source>&amp;Start lesson</source>
        <translation>Lektion be&amp;ginnen</translation>
    </message>
    <message>
        <source>Open lesso&amp;n…</source>
        <translation>Lektion ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>&amp;Restore what was shown before the lesson</source>
        <translation>&amp;Wiederherstellen, was vor der Lektion zu sehen war</translation>
    </message>
    <message>
        <source>Text of the step</source>
        <translation>Text des Schritts</translation>
    </message>
    <message>
        <source>◀ &amp;Back</source>
        <translation>◀ &amp;Zurück</translation>
    </message>
    <message>
        <source>&amp;Next ▶</source>
        <translation>&amp;Weiter ▶</translation>
    </message>
    <message>
        <source>&amp;Leave</source>
        <translation>Ver&amp;lassen</translation>
    </message>
    <message>
        <source>Previous step</source>
        <translation>Voriger Schritt</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>Nächster Schritt</translation>
    </message>
    <message>
        <source>Leave the lesson</source>
        <translation>Die Lektion verlassen</translation>
    </message>
    <message numerus="yes">
        <source>%1. %2 (%n steps)</source>
        <translation>
            <numerusform>%1. %2 (%n Schritt)</numerusform>
            <numerusform>%1. %2 (%n Schritte)</numerusform>
        </translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>Watch: %1</source>
        <translation>Zu beachten: %1</translation>
    </message>
    <message>
        <source>Not as the lesson says:
%1</source>
        <translation>Nicht, wie die Lektion sagt:
%1</translation>
    </message>
    <message>
        <source>Fi&amp;nish</source>
        <translation>&amp;Fertig</translation>
    </message>
</context>
<context>
    <name>nanoscope::LevelLayout</name>
    <message>
        <source>elements per level</source>
        <translation>Elemente je Stufe</translation>
    </message>
    <message>
        <source>largest of up to %1 levels on a pixel</source>
        <translation>größte von bis zu %1 Stufen auf einem Pixel</translation>
    </message>
    <message>
        <source>recycled</source>
        <translation>wiederverwendet</translation>
    </message>
    <message>
        <source>vacant</source>
        <translation>unbesetzt</translation>
    </message>
    <message>
        <source>vacant share of them</source>
        <translation>unbesetzt, davon</translation>
    </message>
    <message>
        <source>structural</source>
        <translation>strukturell</translation>
    </message>
    <message>
        <source>structural (−0)</source>
        <translation>strukturell (−0)</translation>
    </message>
    <message>
        <source>zoomed: double click for the whole line</source>
        <translation>gezoomt: Doppelklick für die ganze Gerade</translation>
    </message>
    <message>
        <source>%1 vacant levels lie beyond the line</source>
        <translation>%1 unbesetzte Stufen liegen jenseits der Geraden</translation>
    </message>
    <message>
        <source>only levels that occur</source>
        <translation>nur Stufen, die vorkommen</translation>
    </message>
    <message>
        <source>each row has its own levels: their means</source>
        <translation>jede Zeile hat eigene Stufen: ihre Mittel</translation>
    </message>
    <message>
        <source>value ÷ row maximum</source>
        <translation>Wert ÷ Zeilenmaximum</translation>
    </message>
    <message>
        <source>value ÷ scale</source>
        <translation>Wert ÷ Skala</translation>
    </message>
    <message>
        <source>values per step</source>
        <translation>Werte je Schritt</translation>
    </message>
    <message>
        <source>values per %1</source>
        <translation>Werte je %1</translation>
    </message>
    <message>
        <source>%1 of the subgroups</source>
        <translation>%1 der Untergruppen</translation>
    </message>
    <message>
        <source>%1 of the blocks</source>
        <translation>%1 der Blöcke</translation>
    </message>
</context>
<context>
    <name>nanoscope::LevelLink</name>
    <message>
        <source>level %1</source>
        <translation>Stufe %1</translation>
    </message>
    <message>
        <source>code %1</source>
        <translation>Code %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>stopped before the blocks of a level were found</source>
        <translation>angehalten, bevor die Blöcke einer Stufe gefunden waren</translation>
    </message>
</context>
<context>
    <name>nanoscope::LevelModel</name>
    <message>
        <source>Only codes that occur are listed: %1 of %2</source>
        <translation>Nur Codes, die vorkommen, sind aufgeführt: %1 von %2</translation>
    </message>
    <message>
        <source>Every row has levels of its own: these are their means, divided by the row’s largest value</source>
        <translation>Jede Zeile hat eigene Stufen: dies sind ihre Mittel, geteilt durch den größten Wert der Zeile</translation>
    </message>
    <message>
        <source>structural: −0, wasted</source>
        <translation>strukturell: −0, verschwendet</translation>
    </message>
    <message>
        <source>structural: repeats a level</source>
        <translation>strukturell: wiederholt eine Stufe</translation>
    </message>
    <message>
        <source>structural: NaN or infinity</source>
        <translation>strukturell: NaN oder Unendlich</translation>
    </message>
    <message>
        <source>vacant, recycled −0</source>
        <translation>unbesetzt, wiederverwendete −0</translation>
    </message>
    <message>
        <source>recycled −0</source>
        <translation>wiederverwendete −0</translation>
    </message>
    <message>
        <source>vacant</source>
        <translation>unbesetzt</translation>
    </message>
    <message>
        <source>Codebook that the code belongs to</source>
        <translation>Codebuch, zu dem der Code gehört</translation>
    </message>
    <message>
        <source>Book</source>
        <translation>Buch</translation>
    </message>
    <message>
        <source>The code as a number</source>
        <translation>Der Code als Zahl</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>The code&apos;s bits, most significant first</source>
        <translation>Die Bits des Codes, das höchste zuerst</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>Bits</translation>
    </message>
    <message>
        <source>What the code stands for, before scaling</source>
        <translation>Wofür der Code steht, vor der Skalierung</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Elements that were given the code</source>
        <translation>Elemente, die den Code bekamen</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Share of all elements</source>
        <translation>Anteil an allen Elementen</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>Share of the tensor&apos;s squared error</source>
        <translation>Anteil am quadratischen Fehler des Tensors</translation>
    </message>
    <message>
        <source>Error share</source>
        <translation>Fehleranteil</translation>
    </message>
    <message>
        <source>Why a level is vacant, and what became of −0</source>
        <translation>Warum eine Stufe unbesetzt ist und was aus −0 wurde</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Anmerkung</translation>
    </message>
</context>
<context>
    <name>nanoscope::LevelOverlay</name>
    <message>
        <source>looking for the blocks of %1 …</source>
        <translation>die Blöcke von %1 werden gesucht …</translation>
    </message>
    <message>
        <source>in none of %1 blocks</source>
        <translation>in keinem von %1 Blöcken</translation>
    </message>
    <message>
        <source>in %1 of %2 blocks, up to %3 times</source>
        <translation>in %1 von %2 Blöcken, bis zu %3-mal</translation>
    </message>
    <message>
        <source>%1: %2 of its %3 elements</source>
        <translation>%1: %2 seiner %3 Elemente</translation>
    </message>
</context>
<context>
    <name>nanoscope::LevelPlot</name>
    <message>
        <source>Levels</source>
        <translation>Stufen</translation>
    </message>
    <message>
        <source>none of %1 levels vacant</source>
        <translation>keine von %1 Stufen unbesetzt</translation>
    </message>
    <message>
        <source>%1 of %2 levels not sampled</source>
        <translation>%1 von %2 Stufen nicht in der Stichprobe</translation>
    </message>
    <message>
        <source>%1 of %2 levels vacant</source>
        <translation>%1 von %2 Stufen unbesetzt</translation>
    </message>
    <message>
        <source>%1 bits</source>
        <translation>%1 Bits</translation>
    </message>
    <message>
        <source>SQNR %1</source>
        <translation>SQNR %1</translation>
    </message>
    <message>
        <source>SQNR –</source>
        <translation>SQNR –</translation>
    </message>
    <message>
        <source>no error</source>
        <translation>kein Fehler</translation>
    </message>
    <message>
        <source>%1 unused per block</source>
        <translation>%1 unbenutzt je Block</translation>
    </message>
    <message>
        <source>No tensor is open</source>
        <translation>Kein Tensor ist offen</translation>
    </message>
    <message>
        <source>Levels of %1 under %2: %3; counts on a %4 axis</source>
        <translation>Stufen von %1 mit %2: %3; Anzahlen auf %4er Achse</translation>
    </message>
    <message>
        <source>logarithmic</source>
        <translation>logarithmisch</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>linear</translation>
    </message>
    <message>
        <source>; zoomed to %1 of the number line</source>
        <translation>; gezoomt auf %1 der Zahlengeraden</translation>
    </message>
    <message>
        <source>; %1 structural codes</source>
        <translation>; %1 strukturelle Codes</translation>
    </message>
    <message>
        <source>; selected level %1</source>
        <translation>; gewählte Stufe %1</translation>
    </message>
    <message>
        <source>Nothing to show yet: open a tensor, or choose a format that fits it</source>
        <translation>Noch nichts zu zeigen: einen Tensor öffnen oder ein Format wählen, das zu ihm passt</translation>
    </message>
    <message>
        <source>One of %1 levels on this pixel</source>
        <translation>Eine von %1 Stufen auf diesem Pixel</translation>
    </message>
    <message>
        <source>kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>codebook</source>
        <translation>Codebuch</translation>
    </message>
    <message>
        <source>code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>use</source>
        <translation>Verwendung</translation>
    </message>
    <message>
        <source>level or bin from</source>
        <translation>Stufe oder Klasse von</translation>
    </message>
    <message>
        <source>scale</source>
        <translation>Skala</translation>
    </message>
    <message>
        <source>bin to</source>
        <translation>Klasse bis</translation>
    </message>
    <message>
        <source>count</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>elements</source>
        <translation>Elemente</translation>
    </message>
    <message>
        <source>squared error</source>
        <translation>quadratischer Fehler</translation>
    </message>
    <message>
        <source>every block holds a NaN or infinity</source>
        <translation>jeder Block enthält NaN oder Unendlich</translation>
    </message>
</context>
<context>
    <name>nanoscope::LevelStack</name>
    <message>
        <source>Levels of format %1</source>
        <translation>Stufen von Format %1</translation>
    </message>
</context>
<context>
    <name>nanoscope::LevelStrips</name>
    <message>
        <source>Level %1 · code %2 (%3) · %4</source>
        <translation>Stufe %1 · Code %2 (%3) · %4</translation>
    </message>
    <message>
        <source>Structural: repeats a level and is never written</source>
        <translation>Strukturell: wiederholt eine Stufe und wird nie geschrieben</translation>
    </message>
    <message>
        <source>Recycled: the code of minus zero, put to use</source>
        <translation>Wiederverwendet: der Code der negativen Null, nutzbar gemacht</translation>
    </message>
    <message>
        <source>Vacant: no element of this tensor takes it</source>
        <translation>Unbesetzt: kein Element dieses Tensors nimmt sie</translation>
    </message>
    <message>
        <source>%1 elements, %2 of all</source>
        <translation>%1 Elemente, %2 von allen</translation>
    </message>
    <message>
        <source>%1 of the squared error</source>
        <translation>%1 des quadratischen Fehlers</translation>
    </message>
    <message>
        <source>Takes value ÷ scale below %1</source>
        <translation>Nimmt Wert ÷ Skala unter %1</translation>
    </message>
    <message>
        <source>Takes value ÷ scale above %1</source>
        <translation>Nimmt Wert ÷ Skala über %1</translation>
    </message>
    <message>
        <source>Takes value ÷ scale from %1 to %2</source>
        <translation>Nimmt Wert ÷ Skala von %1 bis %2</translation>
    </message>
    <message>
        <source>code %1 structural</source>
        <translation>Code %1 strukturell</translation>
    </message>
    <message>
        <source>%1 vacant</source>
        <translation>%1 unbesetzt</translation>
    </message>
</context>
<context>
    <name>nanoscope::LevelTable</name>
    <message>
        <source>Level table</source>
        <translation>Tabelle der Stufen</translation>
    </message>
</context>
<context>
    <name>nanoscope::MagnitudeChart</name>
    <message>
        <source>Error against magnitude</source>
        <translation>Fehler nach Betrag</translation>
    </message>
    <message>
        <source>format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>|w| from</source>
        <translation>|w| from</translation>
    </message>
    <message>
        <source>|w| below</source>
        <translation>|w| unter</translation>
    </message>
    <message>
        <source>elements</source>
        <translation>Elemente</translation>
    </message>
    <message>
        <source>squared error</source>
        <translation>quadratischer Fehler</translation>
    </message>
    <message>
        <source>squared values</source>
        <translation>Quadrate der Werte</translation>
    </message>
    <message>
        <source>relative error</source>
        <translation>relativer Fehler</translation>
    </message>
    <message>
        <source>RMS error of the elements of each size</source>
        <translation>RMS-Fehler der Elemente jeder Größe</translation>
    </message>
    <message>
        <source>Open a tensor to see its error by magnitude</source>
        <translation>Einen Tensor öffnen, um seinen Fehler nach Betrag zu sehen</translation>
    </message>
    <message>
        <source>magnitude |w|</source>
        <translation>Betrag |w|</translation>
    </message>
    <message>
        <source>relative error, %</source>
        <translation>relativer Fehler, %</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>%1 elements</source>
        <translation>%1 Elemente</translation>
    </message>
    <message>
        <source>%1 error, %</source>
        <translation>%1 Fehler, %</translation>
    </message>
</context>
<context>
    <name>nanoscope::MainWindow</name>
    <message>
        <source>Main tool bar</source>
        <translation>Hauptwerkzeugleiste</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Meldungen</translation>
    </message>
    <message>
        <source>working</source>
        <translation>in Arbeit</translation>
    </message>
    <message>
        <source>choose a tensor</source>
        <translation>einen Tensor wählen</translation>
    </message>
    <message>
        <source>open a file to begin</source>
        <translation>zum Beginnen eine Datei öffnen</translation>
    </message>
    <message>
        <source>stopped before the exact figures</source>
        <translation>vor den exakten Kennzahlen angehalten</translation>
    </message>
    <message>
        <source>stopped: what is shown is of an earlier choice</source>
        <translation>angehalten: gezeigt wird eine frühere Wahl</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>%1 · %2 — Nanoscope</source>
        <translation>%1 · %2 — Nanoscope</translation>
    </message>
    <message>
        <source>Nanoscope</source>
        <translation>Nanoscope</translation>
    </message>
    <message>
        <source>Open a file of tensors</source>
        <translation>Datei mit Tensoren öffnen</translation>
    </message>
    <message>
        <source>Checkpoints (*.h5 *.hdf5 *.hdf *.he5 *.nc *.keras *.safetensors);;Exported pictures and reports (*.svg *.pdf *.png *.html);;All files (*)</source>
        <translation>Checkpoints (*.h5 *.hdf5 *.hdf *.he5 *.nc *.keras *.safetensors);;Exportierte Bilder und Berichte (*.svg *.pdf *.png *.html);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>there is no such format to save; choose Format &gt; Compare first</source>
        <translation>dieses Format gibt es nicht zu speichern; zuerst Format &gt; Vergleichen wählen</translation>
    </message>
    <message>
        <source>Save format</source>
        <translation>Format speichern</translation>
    </message>
    <message>
        <source>Format (*.json)</source>
        <translation>Format (*.json)</translation>
    </message>
    <message>
        <source>Load format</source>
        <translation>Format laden</translation>
    </message>
    <message>
        <source>Format or preset (*.json)</source>
        <translation>Format oder Vorgabe (*.json)</translation>
    </message>
    <message>
        <source>there is nothing to repeat yet; open a file first</source>
        <translation>es gibt noch nichts zu wiederholen; zuerst eine Datei öffnen</translation>
    </message>
    <message>
        <source>%1: cannot be written: %2; choose another place</source>
        <translation>%1: lässt sich nicht schreiben: %2; einen anderen Ort wählen</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>Ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>&amp;Load format</source>
        <translation>Format &amp;laden</translation>
    </message>
    <message>
        <source>Save &amp;format</source>
        <translation>Format s&amp;peichern</translation>
    </message>
    <message>
        <source>Format %1…</source>
        <translation>Format %1…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>No files yet</source>
        <translation>Noch keine Dateien</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Copy as &amp;command line</source>
        <translation>Als &amp;Befehlszeile kopieren</translation>
    </message>
    <message>
        <source>Ca&amp;ncel what is running</source>
        <translation>Ab&amp;brechen, was läuft</translation>
    </message>
    <message>
        <source>F&amp;ormat</source>
        <translation>F&amp;ormat</translation>
    </message>
    <message>
        <source>Format A &amp;is</source>
        <translation>Format A &amp;ist</translation>
    </message>
    <message>
        <source>&amp;Fewer bits</source>
        <translation>&amp;Weniger Bits</translation>
    </message>
    <message>
        <source>&amp;More bits</source>
        <translation>&amp;Mehr Bits</translation>
    </message>
    <message>
        <source>&amp;Smaller blocks</source>
        <translation>&amp;Kleinere Blöcke</translation>
    </message>
    <message>
        <source>&amp;Larger blocks</source>
        <translation>&amp;Größere Blöcke</translation>
    </message>
    <message>
        <source>Compare with %1</source>
        <translation>Vergleichen mit %1</translation>
    </message>
    <message>
        <source>Swap &amp;A and B</source>
        <translation>&amp;A und B tauschen</translation>
    </message>
    <message>
        <source>&amp;Why A and B differ</source>
        <translation>W&amp;arum A und B sich unterscheiden</translation>
    </message>
    <message>
        <source>&amp;Explore</source>
        <translation>&amp;Erkunden</translation>
    </message>
    <message>
        <source>One format in depth, another beside it</source>
        <translation>Ein Format im Einzelnen, ein anderes daneben</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>&amp;Vergleichen</translation>
    </message>
    <message>
        <source>Formats A to D side by side</source>
        <translation>Formate A bis D nebeneinander</translation>
    </message>
    <message>
        <source>&amp;Teach</source>
        <translation>&amp;Lehren</translation>
    </message>
    <message>
        <source>The bits of one block, large</source>
        <translation>Die Bits eines Blocks, groß</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Next panel</source>
        <translation>&amp;Nächstes Feld</translation>
    </message>
    <message>
        <source>&amp;Reset layout</source>
        <translation>Anordnung &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>&amp;Dark theme</source>
        <translation>&amp;Dunkle Darstellung</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Lessons</source>
        <translation>&amp;Lektionen</translation>
    </message>
    <message>
        <source>&amp;Open lesson…</source>
        <translation>Lektion &amp;öffnen…</translation>
    </message>
    <message>
        <source>&amp;Presets…</source>
        <translation>&amp;Vorgaben…</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Vorgaben</translation>
    </message>
    <message>
        <source>Find a format by family, system, name or source (Ctrl+P)</source>
        <translation>Ein Format nach Familie, System, Name oder Quelle finden (Strg+P)</translation>
    </message>
    <message>
        <source>Sa&amp;ve as preset…</source>
        <translation>Als &amp;Vorgabe speichern…</translation>
    </message>
    <message>
        <source>there is no folder for presets; set HOME or NANOSCOPE_PRESETS</source>
        <translation>es gibt keinen Ordner für Vorgaben; HOME oder NANOSCOPE_PRESETS setzen</translation>
    </message>
    <message>
        <source>saved as %1</source>
        <translation>gespeichert als %1</translation>
    </message>
    <message>
        <source>Why A and B differ</source>
        <translation>Warum A und B sich unterscheiden</translation>
    </message>
    <message>
        <source>a window did not close in order (%1)</source>
        <translation>ein Fenster wurde nicht ordentlich geschlossen (%1)</translation>
    </message>
    <message>
        <source>Restore its session</source>
        <translation>Seine Sitzung wiederherstellen</translation>
    </message>
    <message>
        <source>Open sess&amp;ion…</source>
        <translation>&amp;Sitzung öffnen…</translation>
    </message>
    <message>
        <source>Recent sessio&amp;ns</source>
        <translation>Letzte S&amp;itzungen</translation>
    </message>
    <message>
        <source>No sessions yet</source>
        <translation>Noch keine Sitzungen</translation>
    </message>
    <message>
        <source>&amp;Save session</source>
        <translation>Sitzung sp&amp;eichern</translation>
    </message>
    <message>
        <source>Save session &amp;as…</source>
        <translation>Sitzung speichern &amp;unter…</translation>
    </message>
    <message>
        <source>Open session</source>
        <translation>Sitzung öffnen</translation>
    </message>
    <message>
        <source>Sessions (*.nanoscope.json);;All files (*)</source>
        <translation>Sitzungen (*.nanoscope.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Save session</source>
        <translation>Sitzung speichern</translation>
    </message>
    <message>
        <source>Sessions (*.nanoscope.json)</source>
        <translation>Sitzungen (*.nanoscope.json)</translation>
    </message>
    <message>
        <source>%1[*] — %2</source>
        <translation>%1[*] — %2</translation>
    </message>
    <message>
        <source>%1 does not hold the latest changes. Save them?</source>
        <translation>%1 enthält die letzten Änderungen nicht. Speichern?</translation>
    </message>
    <message>
        <source>This window remembers nothing; start with --language to choose.</source>
        <translation>Dieses Fenster merkt sich nichts; zum Wählen mit --language starten.</translation>
    </message>
</context>
<context>
    <name>nanoscope::MessageBar</name>
    <message>
        <source>Dismiss message</source>
        <translation>Meldung schließen</translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>Error: %1</source>
        <translation>Fehler: %1</translation>
    </message>
    <message>
        <source>Note: %1</source>
        <translation>Hinweis: %1</translation>
    </message>
</context>
<context>
    <name>nanoscope::MetadataName</name>
    <message>
        <source>subgroup mantissa</source>
        <translation>Mantisse der Untergruppe</translation>
    </message>
    <message>
        <source>microexponent</source>
        <translation>Mikroexponent</translation>
    </message>
    <message>
        <source>codebook</source>
        <translation>Codebuch</translation>
    </message>
    <message>
        <source>index</source>
        <translation>Index</translation>
    </message>
    <message>
        <source>exception mantissa</source>
        <translation>Mantisse der Ausnahme</translation>
    </message>
    <message>
        <source>reserved</source>
        <translation>reserviert</translation>
    </message>
    <message>
        <source>exponent offset of the others</source>
        <translation>Exponentversatz der anderen</translation>
    </message>
    <message>
        <source>top-1 mantissa</source>
        <translation>Top-1-Mantisse</translation>
    </message>
    <message>
        <source>offset</source>
        <translation>Versatz</translation>
    </message>
    <message>
        <source>levels</source>
        <translation>Stufen</translation>
    </message>
    <message>
        <source>exceptions</source>
        <translation>Ausnahmen</translation>
    </message>
    <message>
        <source>exception value</source>
        <translation>Wert der Ausnahme</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>behalten</translation>
    </message>
    <message>
        <source>part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>super-block minimum</source>
        <translation>Minimum des Superblocks</translation>
    </message>
    <message>
        <source>sub-block scale</source>
        <translation>Skala des Unterblocks</translation>
    </message>
    <message>
        <source>sub-block minimum</source>
        <translation>Minimum des Unterblocks</translation>
    </message>
    <message>
        <source>outlier flag</source>
        <translation>Ausreißermarke</translation>
    </message>
    <message>
        <source>outlier scale</source>
        <translation>Ausreißerskala</translation>
    </message>
    <message>
        <source>permutation</source>
        <translation>Permutation</translation>
    </message>
</context>
<context>
    <name>nanoscope::ModelDesk</name>
    <message>
        <source>there is not enough memory for this tensor</source>
        <translation>für diesen Tensor reicht der Arbeitsspeicher nicht</translation>
    </message>
</context>
<context>
    <name>nanoscope::ModelDock</name>
    <message>
        <source>model stopped before all tensors were measured</source>
        <translation>Modell angehalten, bevor alle Tensoren gemessen waren</translation>
    </message>
</context>
<context>
    <name>nanoscope::ModelMap</name>
    <message>
        <source>Model map</source>
        <translation>Modellkarte</translation>
    </message>
    <message>
        <source>No tensor to show</source>
        <translation>Kein Tensor zu zeigen</translation>
    </message>
    <message>
        <source>SQNR of %1 tensors under %2 formats, lighter is worse</source>
        <translation>SQNR von %1 Tensoren mit %2 Formaten, heller ist schlechter</translation>
    </message>
    <message>
        <source>; selected: %1</source>
        <translation>; gewählt: %1</translation>
    </message>
    <message>
        <source>%1 under %2: </source>
        <translation>%1 mit %2: </translation>
    </message>
    <message>
        <source>exact</source>
        <translation>exakt</translation>
    </message>
    <message>
        <source>no SQNR, all values are zero</source>
        <translation>kein SQNR, alle Werte sind null</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>noch nicht gemessen</translation>
    </message>
    <message>
        <source>Open a file to see every tensor under every format</source>
        <translation>Eine Datei öffnen, um jeden Tensor mit jedem Format zu sehen</translation>
    </message>
    <message>
        <source>SQNR, dB</source>
        <translation>SQNR, dB</translation>
    </message>
    <message>
        <source>tensors × formats  ·  lighter is worse</source>
        <translation>Tensoren × Formate  ·  heller ist schlechter</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>tensor</source>
        <translation>Tensor</translation>
    </message>
    <message>
        <source>elements</source>
        <translation>Elemente</translation>
    </message>
    <message>
        <source>SQNR of %1</source>
        <translation>SQNR von %1</translation>
    </message>
</context>
<context>
    <name>nanoscope::ModelOverview</name>
    <message>
        <source>Model map</source>
        <translation>Modellkarte</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>All squared errors of the model over all its power, and bits per element by elements. Large values weigh most: tensors of small magnitudes hardly show. Every tensor is taken as it is stored, in blocks along the axis of the format, which is the last one unless it says so.</source>
        <translation>Alle quadratischen Fehler des Modells durch seine gesamte Leistung, und Bits je Element nach Elementen. Große Werte wiegen am meisten: Tensoren kleiner Beträge zeigen sich kaum. Jeder Tensor wird genommen, wie er gespeichert ist, in Blöcken entlang der Achse des Formats, der letzten, wenn es nichts anderes sagt.</translation>
    </message>
    <message>
        <source>Model table</source>
        <translation>Modelltabelle</translation>
    </message>
    <message>
        <source>Model filter</source>
        <translation>Modellfilter</translation>
    </message>
    <message>
        <source>part of a tensor&apos;s name</source>
        <translation>Teil des Namens eines Tensors</translation>
    </message>
    <message>
        <source>Tensors measured under each format</source>
        <translation>Unter jedem Format gemessene Tensoren</translation>
    </message>
    <message>
        <source>%v of %m measured</source>
        <translation>%v von %m gemessen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Stop measuring the model</source>
        <translation>Messung des Modells anhalten</translation>
    </message>
    <message>
        <source>Go on measuring the model</source>
        <translation>Messung des Modells fortsetzen</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>exakt</translation>
    </message>
    <message>
        <source>%1 %2 at %3 bits</source>
        <translation>%1 %2 bei %3 Bits</translation>
    </message>
    <message>
        <source> (%1 of %2 tensors)</source>
        <translation> (%1 von %2 Tensoren)</translation>
    </message>
    <message>
        <source>Whole model:  %1</source>
        <translation>Ganzes Modell:  %1</translation>
    </message>
</context>
<context>
    <name>nanoscope::ModelTable</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 + %2</source>
        <translation>%1 + %2</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>exakt</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>noch nicht gemessen</translation>
    </message>
    <message>
        <source>%1 under %2: %3 bits per element, largest error %4, utilization %5</source>
        <translation>%1 mit %2: %3 Bits je Element, größter Fehler %4, Auslastung %5</translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation>Tensor</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Elements</source>
        <translation>Elemente</translation>
    </message>
    <message>
        <source>Kurtosis</source>
        <translation>Kurtosis</translation>
    </message>
    <message>
        <source>Outliers</source>
        <translation>Ausreißer</translation>
    </message>
    <message>
        <source>Vacant</source>
        <translation>Unbesetzt</translation>
    </message>
    <message>
        <source>%1, dB</source>
        <translation>%1, dB</translation>
    </message>
    <message>
        <source>Kurtosis of the values: 3 for a normal distribution, more with heavier tails</source>
        <translation>Kurtosis der Werte: 3 für eine Normalverteilung, mehr bei schwereren Rändern</translation>
    </message>
    <message>
        <source>Share of elements more than 3 standard deviations from the mean; 0.27 % for a normal distribution</source>
        <translation>Anteil der Elemente, die mehr als 3 Standardabweichungen vom Mittel entfernt sind; 0.27 % für eine Normalverteilung</translation>
    </message>
    <message>
        <source>Levels that the tensor leaves unused + levels that no tensor can use, under %1</source>
        <translation>Stufen, die der Tensor unbenutzt lässt, + Stufen, die kein Tensor nutzen kann, mit %1</translation>
    </message>
    <message>
        <source>Signal-to-quantization-noise ratio under %1, dB</source>
        <translation>Signal-Quantisierungsrausch-Verhältnis mit %1, dB</translation>
    </message>
</context>
<context>
    <name>nanoscope::NumberText</name>
    <message>
        <source>exact</source>
        <translation>exakt</translation>
    </message>
</context>
<context>
    <name>nanoscope::OutlierContent</name>
    <message>
        <source>%1 times the RMS of the tensor</source>
        <translation>das %1-Fache des RMS des Tensors</translation>
    </message>
    <message>
        <source>%1 times the RMS of its block</source>
        <translation>das %1-Fache des RMS seines Blocks</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>Block %1, element %2</source>
        <translation>Block %1, Element %2</translation>
    </message>
    <message>
        <source>%1 is decoded as %2, error %3</source>
        <translation>%1 dekodiert zu %2, Fehler %3</translation>
    </message>
    <message>
        <source>It sets the scale of its block</source>
        <translation>Es bestimmt die Skala seines Blocks</translation>
    </message>
    <message>
        <source>It does not set the scale of its block alone</source>
        <translation>Es bestimmt die Skala seines Blocks nicht allein</translation>
    </message>
    <message>
        <source>The others carry %1 of the block&apos;s squared error</source>
        <translation>Die anderen tragen %1 des quadratischen Fehlers des Blocks</translation>
    </message>
    <message>
        <source>%1 times what they would carry were it 0</source>
        <translation>das %1-Fache dessen, was sie trügen, wäre es 0</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>× RMS</source>
        <translation>× RMS</translation>
    </message>
    <message>
        <source>× block RMS</source>
        <translation>× Block-RMS</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>Block</translation>
    </message>
    <message>
        <source>Element</source>
        <translation>Element</translation>
    </message>
    <message>
        <source>Decoded</source>
        <translation>Dekodiert</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Error, %</source>
        <translation>Fehler, %</translation>
    </message>
    <message>
        <source>Sets scale</source>
        <translation>Bestimmt Skala</translation>
    </message>
    <message>
        <source>Others&apos; share, %</source>
        <translation>Anteil der anderen, %</translation>
    </message>
    <message>
        <source>Others&apos; cost, times</source>
        <translation>Kosten der anderen, Faktor</translation>
    </message>
    <message>
        <source>|w| over the RMS of the tensor</source>
        <translation>|w| durch das RMS des Tensors</translation>
    </message>
    <message>
        <source>|w| over the RMS of its block</source>
        <translation>|w| durch das RMS seines Blocks</translation>
    </message>
    <message>
        <source>share of the others, %</source>
        <translation>Anteil der anderen, %</translation>
    </message>
    <message>
        <source>error of the others, times</source>
        <translation>Fehler der anderen, Faktor</translation>
    </message>
    <message>
        <source>its relative error, %</source>
        <translation>sein relativer Fehler, %</translation>
    </message>
    <message>
        <source>%1 of %2 set the scale of their block</source>
        <translation>%1 von %2 bestimmen die Skala ihres Blocks</translation>
    </message>
    <message>
        <source>blocks are too long to be tried without them</source>
        <translation>Blöcke sind zu lang, um ohne sie versucht zu werden</translation>
    </message>
    <message>
        <source>their %1 blocks hold %2 of the squared error</source>
        <translation>ihre %1 Blöcke haben %2 des quadratischen Fehlers</translation>
    </message>
    <message>
        <source>Cost to the others</source>
        <translation>Kosten für die anderen</translation>
    </message>
    <message>
        <source>Own error</source>
        <translation>Eigener Fehler</translation>
    </message>
    <message>
        <source>Others&apos; share</source>
        <translation>Anteil der anderen</translation>
    </message>
    <message>
        <source>Tensor RMS</source>
        <translation>RMS des Tensors</translation>
    </message>
    <message>
        <source>Block RMS</source>
        <translation>RMS des Blocks</translation>
    </message>
    <message>
        <source>Outliers</source>
        <translation>Ausreißer</translation>
    </message>
    <message>
        <source>Every element is zero: there are no outliers</source>
        <translation>Jedes Element ist null: es gibt keine Ausreißer</translation>
    </message>
    <message>
        <source>the %1 largest elements of %2 under %3: %4</source>
        <translation>die %1 größten Elemente von %2 mit %3: %4</translation>
    </message>
    <message>
        <source>sets the scale</source>
        <translation>bestimmt die Skala</translation>
    </message>
    <message>
        <source>does not</source>
        <translation>bestimmt sie nicht</translation>
    </message>
</context>
<context>
    <name>nanoscope::OutlierDock</name>
    <message>
        <source>stopped before the outliers were found</source>
        <translation>angehalten, bevor die Ausreißer gefunden waren</translation>
    </message>
</context>
<context>
    <name>nanoscope::OutlierView</name>
    <message>
        <source>Outlier measure</source>
        <translation>Maß der Ausreißer</translation>
    </message>
    <message>
        <source>What magnitudes are compared with: the RMS of the tensor, or that of the element&apos;s own block</source>
        <translation>Womit Beträge verglichen werden: dem RMS des Tensors oder dem des eigenen Blocks des Elements</translation>
    </message>
    <message>
        <source>Outlier quantity</source>
        <translation>Größe der Ausreißer</translation>
    </message>
    <message>
        <source>What the plot shows upwards</source>
        <translation>Was das Diagramm nach oben zeigt</translation>
    </message>
    <message>
        <source>Outlier table</source>
        <translation>Tabelle der Ausreißer</translation>
    </message>
    <message>
        <source>Outliers chart</source>
        <translation>Diagramm der Ausreißer</translation>
    </message>
    <message>
        <source>Across</source>
        <translation>Waagerecht</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Senkrecht</translation>
    </message>
    <message>
        <source>Outliers</source>
        <translation>Ausreißer</translation>
    </message>
    <message>
        <source>Open a tensor to see its largest elements and what they cost</source>
        <translation>Einen Tensor öffnen, um seine größten Elemente zu sehen und was sie kosten</translation>
    </message>
</context>
<context>
    <name>nanoscope::ParameterSweepChart</name>
    <message>
        <source>Sweep chart</source>
        <translation>Diagramm des Parameterlaufs</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>Parameterlauf</translation>
    </message>
    <message>
        <source>%1: nothing measured yet</source>
        <translation>%1: noch nichts gemessen</translation>
    </message>
    <message>
        <source>%1 of %2 against %3: %4 points</source>
        <translation>%1 von %2 gegen %3: %4 Punkte</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source> · %1 of %2 measured</source>
        <translation> · %1 von %2 gemessen</translation>
    </message>
    <message>
        <source> · %1 refused: see the table</source>
        <translation> · %1 abgelehnt: siehe Tabelle</translation>
    </message>
    <message>
        <source>No value gives this figure: the table says why.</source>
        <translation>Kein Wert ergibt diese Kennzahl: die Tabelle sagt, warum.</translation>
    </message>
    <message>
        <source>Points are measured while this panel is visible and a tensor is open.</source>
        <translation>Punkte werden gemessen, solange dieses Feld zu sehen und ein Tensor offen ist.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>, %1: %2</source>
        <translation>, %1: %2</translation>
    </message>
    <message>
        <source>%1 %2, %3 bits</source>
        <translation>%1 %2, %3 Bits</translation>
    </message>
    <message>
        <source>curve</source>
        <translation>Kurve</translation>
    </message>
    <message>
        <source>format</source>
        <translation>Format</translation>
    </message>
</context>
<context>
    <name>nanoscope::ParameterSweepModel</name>
    <message>
        <source>exact</source>
        <translation>exakt</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>For each</source>
        <translation>Für jeden</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>SQNR, dB</source>
        <translation>SQNR, dB</translation>
    </message>
    <message>
        <source>NMSE</source>
        <translation>NMSE</translation>
    </message>
    <message>
        <source>Largest error</source>
        <translation>Größter Fehler</translation>
    </message>
    <message>
        <source>Vacant</source>
        <translation>Unbesetzt</translation>
    </message>
    <message>
        <source>Vacant/block</source>
        <translation>Unbesetzt/Block</translation>
    </message>
    <message>
        <source>Utilization</source>
        <translation>Auslastung</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>Bits</translation>
    </message>
    <message>
        <source>NAND2</source>
        <translation>NAND2</translation>
    </message>
    <message>
        <source>mJ/token</source>
        <translation>mJ/Token</translation>
    </message>
    <message>
        <source>ms/token</source>
        <translation>ms/Token</translation>
    </message>
    <message>
        <source>Prefill, mJ</source>
        <translation>Prefill, mJ</translation>
    </message>
    <message>
        <source>Prefill, s</source>
        <translation>Prefill, s</translation>
    </message>
    <message>
        <source>GB</source>
        <translation>GB</translation>
    </message>
</context>
<context>
    <name>nanoscope::ParameterSweepView</name>
    <message>
        <source>not measured yet</source>
        <translation>noch nicht gemessen</translation>
    </message>
    <message>
        <source>not priced yet</source>
        <translation>noch ohne Preis</translation>
    </message>
    <message>
        <source>no error: beyond the plot</source>
        <translation>kein Fehler: jenseits des Diagramms</translation>
    </message>
    <message>
        <source>%1 is not known from a sample</source>
        <translation>%1 ist aus einer Stichprobe nicht bekannt</translation>
    </message>
    <message>
        <source>preview ± %1 dB</source>
        <translation>Vorschau ± %1 dB</translation>
    </message>
    <message>
        <source>exact summary</source>
        <translation>exakte Zusammenfassung</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>exakt</translation>
    </message>
    <message>
        <source>Against &amp;bits per element</source>
        <translation>Gegen Bi&amp;ts je Element</translation>
    </message>
    <message>
        <source>Sweep table</source>
        <translation>Tabelle des Parameterlaufs</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>Diagramm</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Sweep values</source>
        <translation>Werte des Parameterlaufs</translation>
    </message>
    <message>
        <source>Sweep values of the curves</source>
        <translation>Werte des Parameterlaufs für die Kurven</translation>
    </message>
    <message>
        <source>Values, or a range as first..last..step; empty: the usual ones</source>
        <translation>Werte oder ein Bereich als erster..letzter..Schritt; leer: die üblichen</translation>
    </message>
    <message>
        <source>One curve for each value of a second parameter; the chart shows up to %1</source>
        <translation>Eine Kurve für jeden Wert eines zweiten Parameters; das Diagramm zeigt bis zu %1</translation>
    </message>
    <message>
        <source>Points measured</source>
        <translation>Gemessene Punkte</translation>
    </message>
    <message>
        <source>%v of %m measured</source>
        <translation>%v von %m gemessen</translation>
    </message>
    <message>
        <source>Var&amp;y</source>
        <translation>&amp;Ändern</translation>
    </message>
    <message>
        <source>Sho&amp;w</source>
        <translation>&amp;Zeigen</translation>
    </message>
    <message>
        <source>For ea&amp;ch</source>
        <translation>&amp;Für jeden</translation>
    </message>
    <message>
        <source>At most %1 values, please.</source>
        <translation>Bitte höchstens %1 Werte.</translation>
    </message>
    <message>
        <source>“%1” is no list of numbers: try 8, 16, 32 or 1..4..1</source>
        <translation>„%1“ ist keine Liste von Zahlen: etwa 8, 16, 32 oder 1..4..1</translation>
    </message>
    <message>
        <source>(one curve)</source>
        <translation>(eine Kurve)</translation>
    </message>
    <message>
        <source>nothing to vary</source>
        <translation>nichts zu ändern</translation>
    </message>
    <message>
        <source>choose a parameter</source>
        <translation>einen Parameter wählen</translation>
    </message>
</context>
<context>
    <name>nanoscope::ParetoChart</name>
    <message>
        <source>Pareto chart</source>
        <translation>Pareto-Diagramm</translation>
    </message>
    <message>
        <source>Pareto</source>
        <translation>Pareto</translation>
    </message>
    <message>
        <source>%1: nothing measured yet</source>
        <translation>%1: noch nichts gemessen</translation>
    </message>
    <message>
        <source>%1 against %2: %3 formats, on the front %4</source>
        <translation>%1 gegen %2: %3 Formate, auf der Front %4</translation>
    </message>
    <message>
        <source>Presets are measured while this panel is visible.</source>
        <translation>Vorgaben werden gemessen, solange dieses Feld zu sehen ist.</translation>
    </message>
    <message>
        <source>No format passes the filter.</source>
        <translation>Kein Format besteht den Filter.</translation>
    </message>
    <message>
        <source>No format has this figure here: it is exact, refused, or nothing finite is to be measured.</source>
        <translation>Kein Format hat hier diese Kennzahl: es ist exakt, abgelehnt, oder nichts Endliches ist zu messen.</translation>
    </message>
    <message>
        <source>front</source>
        <translation>Front</translation>
    </message>
    <message>
        <source>format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>place</source>
        <translation>Platz</translation>
    </message>
    <message>
        <source>dB</source>
        <translation>dB</translation>
    </message>
    <message>
        <source>bits per element</source>
        <translation>Bits je Element</translation>
    </message>
    <message>
        <source>bit</source>
        <translation>Bit</translation>
    </message>
    <message>
        <source>area of a unit</source>
        <translation>Fläche je Einheit</translation>
    </message>
    <message>
        <source>energy per decoded token</source>
        <translation>Energie je dekodiertem Token</translation>
    </message>
    <message>
        <source>latency of a decoding step</source>
        <translation>Latenz eines Dekodierschritts</translation>
    </message>
    <message>
        <source>energy per token of the prefill</source>
        <translation>Energie je Token des Prefills</translation>
    </message>
    <message>
        <source>latency of the prefill</source>
        <translation>Latenz des Prefills</translation>
    </message>
    <message>
        <source>footprint of the model</source>
        <translation>Speicherbedarf des Modells</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>No preset is evaluated yet: “Evaluate the front” casts the language model to the formats of the SQNR front.</source>
        <translation>Noch ist keine Voreinstellung ausgewertet: „Front auswerten“ wandelt das Sprachmodell in die Formate der SQNR-Front um.</translation>
    </message>
    <message>
        <source>loss change of the language model</source>
        <translation>Verluständerung des Sprachmodells</translation>
    </message>
    <message>
        <source>nat</source>
        <translation>nat</translation>
    </message>
    <message>
        <source>its standard error over windows</source>
        <translation>ihr Standardfehler über die Fenster</translation>
    </message>
    <message>
        <source>its standard deviation over shifted block grids</source>
        <translation>seine Standardabweichung über verschobene Blockgitter</translation>
    </message>
</context>
<context>
    <name>nanoscope::ParetoDock</name>
    <message>
        <source>%1 on an array of %2 × %3, %4 nm, %5 at %6 GB/s</source>
        <translation>%1 auf einem Feld von %2 × %3, %4 nm, %5 mit %6 GB/s</translation>
    </message>
    <message>
        <source>presets stopped before all were measured</source>
        <translation>Vorgaben angehalten, bevor alle gemessen waren</translation>
    </message>
</context>
<context>
    <name>nanoscope::ParetoLossBar</name>
    <message>
        <source>Formats evaluated on the language model</source>
        <translation>Am Sprachmodell ausgewertete Formate</translation>
    </message>
    <message>
        <source>%v of %m evaluated</source>
        <translation>%v von %m ausgewertet</translation>
    </message>
    <message>
        <source>Casts the weights of the language model&apos;s linear layers to each preset of the SQNR front that passes the filter, and to the formats of the window, and evaluates all tokens</source>
        <translation>Wandelt die Gewichte der linearen Schichten des Sprachmodells in jede Voreinstellung der SQNR-Front um, die den Filter passiert, und in die Formate des Fensters, und wertet alle Token aus</translation>
    </message>
    <message>
        <source>Formats on the SQNR front: %1. The model is evaluated only when asked.</source>
        <translation>Formate auf der SQNR-Front: %1. Das Modell wird nur auf Wunsch ausgewertet.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Evaluate the front</source>
        <translation>Front auswerten</translation>
    </message>
    <message>
        <source>Stop evaluating the language model</source>
        <translation>Auswertung des Sprachmodells abbrechen</translation>
    </message>
    <message>
        <source>Evaluate the front on the language model</source>
        <translation>Front am Sprachmodell auswerten</translation>
    </message>
    <message>
        <source>Shifted block grids: %v of %m</source>
        <translation>Verschobene Blockgitter: %v von %m</translation>
    </message>
</context>
<context>
    <name>nanoscope::ParetoModel</name>
    <message>
        <source>front</source>
        <translation>Front</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>exakt</translation>
    </message>
    <message>
        <source>limit</source>
        <translation>Grenze</translation>
    </message>
    <message>
        <source>for values drawn independently as this tensor&apos;s</source>
        <translation>für unabhängig wie in diesem Tensor gezogene Werte</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>On the front of what the chart shows</source>
        <translation>Auf der Front dessen, was das Diagramm zeigt</translation>
    </message>
    <message>
        <source>Front</source>
        <translation>Front</translation>
    </message>
    <message>
        <source>SQNR, dB</source>
        <translation>SQNR, dB</translation>
    </message>
    <message>
        <source>NMSE</source>
        <translation>NMSE</translation>
    </message>
    <message>
        <source>Largest error</source>
        <translation>Größter Fehler</translation>
    </message>
    <message>
        <source>Vacant</source>
        <translation>Unbesetzt</translation>
    </message>
    <message>
        <source>Vacant/block</source>
        <translation>Unbesetzt/Block</translation>
    </message>
    <message>
        <source>Utilization</source>
        <translation>Auslastung</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>Bits</translation>
    </message>
    <message>
        <source>NAND2</source>
        <translation>NAND2</translation>
    </message>
    <message>
        <source>mJ/token</source>
        <translation>mJ/Token</translation>
    </message>
    <message>
        <source>ms/token</source>
        <translation>ms/Token</translation>
    </message>
    <message>
        <source>Prefill, mJ</source>
        <translation>Prefill, mJ</translation>
    </message>
    <message>
        <source>Prefill, s</source>
        <translation>Prefill, s</translation>
    </message>
    <message>
        <source>GB</source>
        <translation>GB</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Loss change</source>
        <translation>Verluständerung</translation>
    </message>
    <message>
        <source>standard error of the loss change over windows, nats</source>
        <translation>Standardfehler der Verluständerung über die Fenster, nat</translation>
    </message>
    <message>
        <source>± loss</source>
        <translation>± Verlust</translation>
    </message>
    <message>
        <source>standard deviation of the loss change over shifted block grids, nats; absent: not evaluated yet</source>
        <translation>Standardabweichung der Verluständerung über verschobene Blockgitter, nat; fehlt: noch nicht ausgewertet</translation>
    </message>
    <message>
        <source>± grid</source>
        <translation>± Gitter</translation>
    </message>
</context>
<context>
    <name>nanoscope::ParetoView</name>
    <message>
        <source>MX</source>
        <translation>MX</translation>
    </message>
    <message>
        <source>NxFP</source>
        <translation>NxFP</translation>
    </message>
    <message>
        <source>M2XFP</source>
        <translation>M2XFP</translation>
    </message>
    <message>
        <source>NVFP4, special values</source>
        <translation>NVFP4, besondere Werte</translation>
    </message>
    <message>
        <source>Integer, fixed point</source>
        <translation>Ganzzahl, Festkomma</translation>
    </message>
    <message>
        <source>GGUF</source>
        <translation>GGUF</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Andere</translation>
    </message>
    <message>
        <source>Bits per element</source>
        <translation>Bits je Element</translation>
    </message>
    <message>
        <source>Area of a unit</source>
        <translation>Fläche einer Einheit</translation>
    </message>
    <message>
        <source>Energy per token</source>
        <translation>Energie je Token</translation>
    </message>
    <message>
        <source>Latency per token</source>
        <translation>Latenz je Token</translation>
    </message>
    <message>
        <source>Energy of prefill</source>
        <translation>Prefill-Energie</translation>
    </message>
    <message>
        <source>Latency of prefill</source>
        <translation>Prefill-Latenz</translation>
    </message>
    <message>
        <source>Memory footprint</source>
        <translation>Speicherbedarf</translation>
    </message>
    <message>
        <source>bits per element, all-in</source>
        <translation>Bits je Element, alles</translation>
    </message>
    <message>
        <source>area of a dot-product unit, NAND2</source>
        <translation>Fläche einer Skalarprodukteinheit, NAND2</translation>
    </message>
    <message>
        <source>energy per decoded token, mJ</source>
        <translation>Energie je dekodiertem Token, mJ</translation>
    </message>
    <message>
        <source>latency of a decoding step, ms</source>
        <translation>Latenz eines Dekodierschritts, ms</translation>
    </message>
    <message>
        <source>energy per token of the prefill, mJ</source>
        <translation>Energie je Token des Prefills, mJ</translation>
    </message>
    <message>
        <source>latency of the prefill, s</source>
        <translation>Latenz des Prefills, s</translation>
    </message>
    <message>
        <source>footprint of the model with its KV cache, GB</source>
        <translation>Speicherbedarf des Modells mit seinem KV-Cache, GB</translation>
    </message>
    <message>
        <source>SQNR</source>
        <translation>SQNR</translation>
    </message>
    <message>
        <source>NMSE</source>
        <translation>NMSE</translation>
    </message>
    <message>
        <source>Largest error</source>
        <translation>Größter Fehler</translation>
    </message>
    <message>
        <source>Vacant levels of the tensor</source>
        <translation>Unbesetzt im Tensor</translation>
    </message>
    <message>
        <source>Vacant levels of a block</source>
        <translation>Unbesetzt im Block</translation>
    </message>
    <message>
        <source>Utilization of the codes</source>
        <translation>Auslastung</translation>
    </message>
    <message>
        <source>SQNR, dB</source>
        <translation>SQNR, dB</translation>
    </message>
    <message>
        <source>largest error of an element</source>
        <translation>größter Fehler eines Elements</translation>
    </message>
    <message>
        <source>levels that the tensor leaves vacant</source>
        <translation>Stufen, die der Tensor unbesetzt lässt</translation>
    </message>
    <message>
        <source>levels that a block leaves vacant, mean</source>
        <translation>Stufen, die ein Block unbesetzt lässt, Mittel</translation>
    </message>
    <message>
        <source>entropy of the codes over their bits</source>
        <translation>Entropie der Codes durch ihre Bits</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>noch nicht gemessen</translation>
    </message>
    <message>
        <source>no error: beyond the plot</source>
        <translation>kein Fehler: jenseits des Diagramms</translation>
    </message>
    <message>
        <source>no SQNR: the tensor is zero, or every block holds NaN or infinity</source>
        <translation>kein SQNR: der Tensor ist null, oder jeder Block enthält NaN oder Unendlich</translation>
    </message>
    <message>
        <source>not priced yet</source>
        <translation>noch ohne Preis</translation>
    </message>
    <message>
        <source>%1 is not known from a sample</source>
        <translation>%1 ist aus einer Stichprobe nicht bekannt</translation>
    </message>
    <message>
        <source>preview ± %1 dB</source>
        <translation>Vorschau ± %1 dB</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>exakt</translation>
    </message>
    <message>
        <source>%1: %2 dB, %3 bits</source>
        <translation>%1: %2 dB, %3 Bits</translation>
    </message>
    <message>
        <source>%1: %2 %3, %4 bits</source>
        <translation>%1: %2 %3, %4 Bits</translation>
    </message>
    <message>
        <source>, %1 %2</source>
        <translation>, %1 %2</translation>
    </message>
    <message>
        <source>%1; %2</source>
        <translation>%1; %2</translation>
    </message>
    <message>
        <source>Shannon limit</source>
        <translation>Shannon-Grenze</translation>
    </message>
    <message>
        <source>Panter-Dite</source>
        <translation>Panter-Dite</translation>
    </message>
    <message>
        <source>Lloyd-Max</source>
        <translation>Lloyd-Max</translation>
    </message>
    <message>
        <source>%1 against %2 · %3 formats</source>
        <translation>%1 gegen %2 · %3 Formate</translation>
    </message>
    <message>
        <source> · limits for values drawn independently as this tensor&apos;s</source>
        <translation> · Grenzen für unabhängig wie in diesem Tensor gezogene Werte</translation>
    </message>
    <message>
        <source> · %1 of %2 measured</source>
        <translation> · %1 von %2 gemessen</translation>
    </message>
    <message>
        <source> · %1 of them from samples</source>
        <translation> · %1 davon aus Stichproben</translation>
    </message>
    <message>
        <source>Front onl&amp;y</source>
        <translation>&amp;Nur Front</translation>
    </message>
    <message>
        <source>L&amp;imits</source>
        <translation>G&amp;renzen</translation>
    </message>
    <message>
        <source>&amp;Logarithmic</source>
        <translation>&amp;Logarithmisch</translation>
    </message>
    <message>
        <source>Pareto table</source>
        <translation>Pareto-Tabelle</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>Diagramm</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Sho&amp;w</source>
        <translation>&amp;Zeigen</translation>
    </message>
    <message>
        <source>What theory allows at the same bits for values drawn independently with this tensor&apos;s distribution: Shannon&apos;s limit, a scalar quantizer with many levels (Panter-Dite), and the best codebook of so many levels (Lloyd-Max). Formats with a scale per block may beat the last two: they use that neighbors are alike.</source>
        <translation>Was die Theorie bei gleichen Bits erlaubt, für unabhängig nach der Verteilung dieses Tensors gezogene Werte: die Shannon-Grenze, ein skalarer Quantisierer mit vielen Stufen (Panter-Dite) und das beste Codebuch mit so vielen Stufen (Lloyd-Max). Formate mit einer Skala je Block können die letzten beiden übertreffen: sie nutzen, dass Nachbarn sich ähneln.</translation>
    </message>
    <message>
        <source>A&amp;gainst</source>
        <translation>&amp;Gegen</translation>
    </message>
    <message>
        <source>Pareto filter</source>
        <translation>Pareto-Filter</translation>
    </message>
    <message>
        <source>part of a name</source>
        <translation>Teil eines Namens</translation>
    </message>
    <message>
        <source>Show only formats that no other beats in both figures</source>
        <translation>Nur Formate zeigen, die kein anderes in beiden Kennzahlen schlägt</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Whole range</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Show every format; 0 or a double click shows the usual range again</source>
        <translation>Jedes Format zeigen; 0 oder ein Doppelklick zeigt wieder den üblichen Bereich</translation>
    </message>
    <message>
        <source>Presets measured</source>
        <translation>Gemessene Vorgaben</translation>
    </message>
    <message>
        <source>%v of %m measured</source>
        <translation>%v von %m gemessen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Stop measuring presets</source>
        <translation>Messung der Vorgaben anhalten</translation>
    </message>
    <message>
        <source>Go on measuring presets</source>
        <translation>Messung der Vorgaben fortsetzen</translation>
    </message>
    <message>
        <source>Loss change of the language model</source>
        <translation>Verluständerung des Sprachmodells</translation>
    </message>
    <message>
        <source>loss change, nats per token</source>
        <translation>Verluständerung, nat je Token</translation>
    </message>
    <message>
        <source>%1 ± %2 nats</source>
        <translation>%1 ± %2 nat</translation>
    </message>
    <message>
        <source>%1 nats</source>
        <translation>%1 nat</translation>
    </message>
    <message>
        <source>not evaluated</source>
        <translation>nicht ausgewertet</translation>
    </message>
    <message>
        <source>no loss on these tokens: below a logarithmic axis</source>
        <translation>kein Verlust auf diesen Token: unterhalb einer logarithmischen Achse</translation>
    </message>
    <message>
        <source>within one standard error of no loss: its height is chance</source>
        <translation>innerhalb eines Standardfehlers von keinem Verlust: seine Höhe ist Zufall</translation>
    </message>
    <message>
        <source>evaluated, weights of linear layers cast; ± is over windows, without the luck of one block grid</source>
        <translation>ausgewertet, Gewichte der linearen Schichten umgewandelt; ± gilt über die Fenster, ohne den Zufall eines Blockrasters</translation>
    </message>
    <message>
        <source>%1: %2, %3 bits</source>
        <translation>%1: %2, %3 Bit</translation>
    </message>
    <message>
        <source> · %1 of %2 presets evaluated</source>
        <translation> · %1 von %2 Voreinstellungen ausgewertet</translation>
    </message>
    <message>
        <source>%1; over shifted block grids ± %2</source>
        <translation>%1; über verschobene Blockgitter ± %2</translation>
    </message>
    <message>
        <source>%1; spread over shifted block grids not evaluated yet</source>
        <translation>%1; Streuung über verschobene Blockgitter noch nicht ausgewertet</translation>
    </message>
</context>
<context>
    <name>nanoscope::PerplexityDock</name>
    <message>
        <source>perplexity stopped before it was complete</source>
        <translation>Perplexität angehalten, bevor sie vollständig war</translation>
    </message>
</context>
<context>
    <name>nanoscope::PerplexityFilesDialog</name>
    <message>
        <source>Language model</source>
        <translation>Sprachmodell</translation>
    </message>
    <message>
        <source>A Llama-like checkpoint (HDF5 or safetensors) and windows of its token ids. core/lm/README.md says how to export them.</source>
        <translation>Ein Llama-artiger Checkpoint (HDF5 oder safetensors) und Fenster seiner Token-Nummern. core/lm/README.md sagt, wie man sie exportiert.</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>&amp;Modell</translation>
    </message>
    <message>
        <source>&amp;Tokens</source>
        <translation>&amp;Token</translation>
    </message>
    <message>
        <source>Token&amp;izer (optional)</source>
        <translation>Tokeni&amp;zer (optional)</translation>
    </message>
    <message>
        <source>&amp;Inputs of layers (optional)</source>
        <translation>&amp;Eingaben von Schichten (optional)</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Choose a file: %1</source>
        <translation>Eine Datei wählen: %1</translation>
    </message>
    <message>
        <source>&amp;Bundled model</source>
        <translation>Mit&amp;geliefertes Modell</translation>
    </message>
</context>
<context>
    <name>nanoscope::PerplexityLayers</name>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>%1 weight</source>
        <translation>%1 Gewicht</translation>
    </message>
    <message>
        <source>%1 output</source>
        <translation>%1 Ausgabe</translation>
    </message>
    <message>
        <source>%1 alone, nats</source>
        <translation>%1 allein, nat</translation>
    </message>
    <message>
        <source>%1 of %2 layers evaluated alone</source>
        <translation>%1 von %2 Schichten einzeln ausgewertet</translation>
    </message>
    <message>
        <source>&amp;Single layers</source>
        <translation>&amp;Einzelne Schichten</translation>
    </message>
    <message>
        <source>Evaluate the model with one layer cast at a time: the change of its loss in nats per token</source>
        <translation>Das Modell mit je einer konvertierten Schicht auswerten: Änderung seines Verlusts in nat je Token</translation>
    </message>
    <message>
        <source>Layer table</source>
        <translation>Tabelle der Schichten</translation>
    </message>
    <message>
        <source>Weight: ‖W − Ŵ‖ / ‖W‖. Output: ‖XW − XŴ‖ / ‖XW‖ over recorded inputs X of the layer. Weights alone are cast.</source>
        <translation>Gewicht: ‖W − Ŵ‖ / ‖W‖. Ausgabe: ‖XW − XŴ‖ / ‖XW‖ über aufgezeichnete Eingaben X der Schicht. Nur Gewichte werden konvertiert.</translation>
    </message>
    <message>
        <source>Root mean square, weight / output: %1</source>
        <translation>Quadratisches Mittel, Gewicht / Ausgabe: %1</translation>
    </message>
    <message>
        <source>&amp;Bias correction</source>
        <translation>Bias&amp;korrektur</translation>
    </message>
    <message>
        <source>How codes are chosen, with recorded inputs of the layers. Every format is shown under the method beside its direct cast; the scale of each block stays that of the direct cast under GPTQ.</source>
        <translation>Wie Codes gewählt werden, mit aufgezeichneten Eingaben der Schichten. Jedes Format steht mit der Methode neben seiner direkten Konvertierung; unter GPTQ bleibt die Skala jedes Blocks die der direkten Konvertierung.</translation>
    </message>
    <message>
        <source>Take the mean error of every output off it</source>
        <translation>Zieht von jeder Ausgabe ihren mittleren Fehler ab</translation>
    </message>
    <message>
        <source>Me&amp;thod</source>
        <translation>Me&amp;thode</translation>
    </message>
</context>
<context>
    <name>nanoscope::PerplexityPlot</name>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>no number</source>
        <translation>keine Zahl</translation>
    </message>
    <message>
        <source>%1 of %2 tokens</source>
        <translation>%1 von %2 Token</translation>
    </message>
    <message>
        <source>grid %1 of %2</source>
        <translation>Raster %1 von %2</translation>
    </message>
    <message>
        <source>Perplexity chart</source>
        <translation>Diagramm der Perplexität</translation>
    </message>
    <message>
        <source>Change of loss</source>
        <translation>Änderung des Verlusts</translation>
    </message>
    <message>
        <source>No language model evaluated yet</source>
        <translation>Noch kein Sprachmodell ausgewertet</translation>
    </message>
    <message>
        <source>%1 %2 nats per token</source>
        <translation>%1 %2 nat je Token</translation>
    </message>
    <message>
        <source>change of loss, nats per token</source>
        <translation>Änderung des Verlusts, nat je Token</translation>
    </message>
    <message>
        <source>against the model as it is: bar, ├┤ standard error over windows, ▨ spread over block grids</source>
        <translation>gegen das Modell, wie es ist: Balken, ├┤ Standardfehler über Fenster, ▨ Streuung über Blockraster</translation>
    </message>
    <message>
        <source>The language model is evaluated while this panel is visible.</source>
        <translation>Das Sprachmodell wird ausgewertet, solange dieses Feld zu sehen ist.</translation>
    </message>
    <message>
        <source>unquantized</source>
        <translation>unquantisiert</translation>
    </message>
    <message>
        <source>nat/token</source>
        <translation>nat/Token</translation>
    </message>
    <message>
        <source>format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>place</source>
        <translation>Platz</translation>
    </message>
    <message>
        <source>perplexity</source>
        <translation>Perplexität</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>change of perplexity</source>
        <translation>Änderung der Perplexität</translation>
    </message>
    <message>
        <source>change of loss</source>
        <translation>Änderung des Verlusts</translation>
    </message>
    <message>
        <source>standard error of the change</source>
        <translation>Standardfehler der Änderung</translation>
    </message>
    <message>
        <source>spread over block grids</source>
        <translation>Streuung über Blockraster</translation>
    </message>
    <message>
        <source>bits per element</source>
        <translation>Bits je Element</translation>
    </message>
    <message>
        <source>bit</source>
        <translation>Bit</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>note</source>
        <translation>Anmerkung</translation>
    </message>
</context>
<context>
    <name>nanoscope::PerplexityView</name>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>Bits</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>Perplexität</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>Gitter</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>unquantized</source>
        <translation>unquantisiert</translation>
    </message>
    <message>
        <source>complete</source>
        <translation>vollständig</translation>
    </message>
    <message>
        <source>Behind the same words, with the same random numbers (temperature 0.7), the model writes:</source>
        <translation>Nach denselben Wörtern, mit denselben Zufallszahlen (Temperatur 0.7), schreibt das Modell:</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>How much of the difference is luck shows once the shifted grids are done.</source>
        <translation>Wie viel des Unterschieds Zufall ist, zeigt sich, sobald die verschobenen Raster fertig sind.</translation>
    </message>
    <message>
        <source>A and B are not separable by one cast: their difference is within twice the spread.</source>
        <translation>A und B sind durch eine Konvertierung nicht trennbar: ihr Unterschied liegt innerhalb der doppelten Streuung.</translation>
    </message>
    <message>
        <source>A is better than B beyond twice the spread, on this model.</source>
        <translation>A ist um mehr als die doppelte Streuung besser als B, bei diesem Modell.</translation>
    </message>
    <message>
        <source>B is better than A beyond twice the spread, on this model.</source>
        <translation>B ist um mehr als die doppelte Streuung besser als A, bei diesem Modell.</translation>
    </message>
    <message>
        <source>Embeddin&amp;g</source>
        <translation>&amp;Embedding</translation>
    </message>
    <message>
        <source>Hea&amp;d</source>
        <translation>&amp;Kopf</translation>
    </message>
    <message>
        <source>Perplexity table</source>
        <translation>Tabelle der Perplexität</translation>
    </message>
    <message>
        <source>Texts of the language model</source>
        <translation>Texte des Sprachmodells</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>&amp;Model…</source>
        <translation>&amp;Modell…</translation>
    </message>
    <message>
        <source>Evaluate another language model, tokens and inputs of layers</source>
        <translation>Ein anderes Sprachmodell, andere Token und Eingaben von Schichten auswerten</translation>
    </message>
    <message>
        <source>Format of the inputs of linear layers, cast a window at a time</source>
        <translation>Format der Eingaben linearer Schichten, fensterweise konvertiert</translation>
    </message>
    <message>
        <source>Format of keys and values, as a cache would hold them</source>
        <translation>Format von Keys und Values, wie ein Cache sie hielte</translation>
    </message>
    <message>
        <source>Cast the table that tokens are looked up in, too</source>
        <translation>Auch die Tabelle konvertieren, in der Token nachgeschlagen werden</translation>
    </message>
    <message>
        <source>Cast the matrix that makes logits, too, also where it is the embedding</source>
        <translation>Auch die Matrix konvertieren, die Logits liefert, selbst wenn sie das Embedding ist</translation>
    </message>
    <message>
        <source>Activatio&amp;ns</source>
        <translation>Akti&amp;vierungen</translation>
    </message>
    <message>
        <source>&amp;Keys and values</source>
        <translation>Ke&amp;ys und Values</translation>
    </message>
    <message>
        <source>as they are</source>
        <translation>wie sie sind</translation>
    </message>
    <message>
        <source>same as the weights</source>
        <translation>wie die Gewichte</translation>
    </message>
    <message>
        <source>%1: %2 parameters, %3 tokens</source>
        <translation>%1: %2 Parameter, %3 Token</translation>
    </message>
    <message>
        <source>; unquantized %1 nats, perplexity %2</source>
        <translation>; unquantisiert %1 nat, Perplexität %2</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source>All differ beyond twice the spread, on this model.</source>
        <translation>Alle unterscheiden sich um mehr als die doppelte Streuung, bei diesem Modell.</translation>
    </message>
    <message>
        <source>Not separable by one cast, within twice the spread: %1.</source>
        <translation>Durch eine Konvertierung nicht trennbar, innerhalb der doppelten Streuung: %1.</translation>
    </message>
</context>
<context>
    <name>nanoscope::PickPlot</name>
    <message>
        <source>%1; selected: %2</source>
        <translation>%1; gewählt: %2</translation>
    </message>
</context>
<context>
    <name>nanoscope::PictureOpener</name>
    <message>
        <source>%1: was made from tensor %2 of %3, which is not at hand; put that file beside the picture, or open it and then the picture again</source>
        <translation>%1: entstand aus Tensor %2 von %3, der nicht zur Hand ist; diese Datei neben das Bild legen, oder sie und dann das Bild noch einmal öffnen</translation>
    </message>
</context>
<context>
    <name>nanoscope::PlaceHistory</name>
    <message>
        <source>open %1</source>
        <translation>%1 öffnen</translation>
    </message>
    <message>
        <source>tensor %1</source>
        <translation>Tensor %1</translation>
    </message>
    <message>
        <source>cut of the tensor</source>
        <translation>Schnitt des Tensors</translation>
    </message>
    <message>
        <source>block %1</source>
        <translation>Block %1</translation>
    </message>
</context>
<context>
    <name>nanoscope::PlotExport</name>
    <message>
        <source>cannot be written (%1)</source>
        <translation>lässt sich nicht schreiben (%1)</translation>
    </message>
    <message>
        <source>choose a folder that you may write to</source>
        <translation>einen Ordner mit Schreibrecht wählen</translation>
    </message>
    <message>
        <source>no picture format has this ending</source>
        <translation>kein Bildformat hat diese Endung</translation>
    </message>
    <message>
        <source>use .svg, .pdf or .png</source>
        <translation>.svg, .pdf oder .png verwenden</translation>
    </message>
    <message>
        <source>the picture could not be made</source>
        <translation>das Bild ließ sich nicht erstellen</translation>
    </message>
    <message>
        <source>choose a smaller size</source>
        <translation>eine kleinere Größe wählen</translation>
    </message>
</context>
<context>
    <name>nanoscope::PresetBrowser</name>
    <message>
        <source>Use as &amp;A</source>
        <translation>Als &amp;A verwenden</translation>
    </message>
    <message>
        <source>Use as &amp;B</source>
        <translation>Als &amp;B verwenden</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>&amp;Vergleichen</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Vorgaben</translation>
    </message>
    <message>
        <source>and %1 more files that cannot be used</source>
        <translation>und %1 weitere Dateien, die nicht verwendbar sind</translation>
    </message>
    <message>
        <source>A is %1, B is %2</source>
        <translation>A ist %1, B ist %2</translation>
    </message>
    <message>
        <source>A is %1</source>
        <translation>A ist %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Choose a preset to read about it. Choose two, with Ctrl and the mouse or Shift and the arrow keys, to see why they differ.</source>
        <translation>Eine Vorgabe wählen, um über sie zu lesen. Zwei wählen, mit Strg und Maus oder Umschalt und Pfeiltasten, um zu sehen, warum sie sich unterscheiden.</translation>
    </message>
    <message>
        <source>Preset search</source>
        <translation>Vorgabensuche</translation>
    </message>
    <message>
        <source>name, title, other name, source or system</source>
        <translation>Name, Titel, anderer Name, Quelle oder System</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>&amp;Suche</translation>
    </message>
    <message>
        <source>Group presets by</source>
        <translation>Vorgaben gruppieren nach</translation>
    </message>
    <message>
        <source>family</source>
        <translation>Familie</translation>
    </message>
    <message>
        <source>system of the reading list</source>
        <translation>System der Leseliste</translation>
    </message>
    <message>
        <source>&amp;Group by</source>
        <translation>&amp;Gruppieren nach</translation>
    </message>
    <message>
        <source>Preset list</source>
        <translation>Liste der Vorgaben</translation>
    </message>
    <message>
        <source>Preset details</source>
        <translation>Einzelheiten der Vorgabe</translation>
    </message>
    <message>
        <source>Sa&amp;ve as preset…</source>
        <translation>Als &amp;Vorgabe speichern…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Make the selected preset format A (Enter)</source>
        <translation>Die gewählte Vorgabe zu Format A machen (Eingabe)</translation>
    </message>
    <message>
        <source>Make the selected preset format B (Ctrl+Enter)</source>
        <translation>Die gewählte Vorgabe zu Format B machen (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>Show field by field how the two selected presets differ, or the selected one and format A</source>
        <translation>Feld für Feld zeigen, wie sich die zwei gewählten Vorgaben unterscheiden, oder die gewählte und Format A</translation>
    </message>
    <message>
        <source>Keep a format that is in force as a preset of your own</source>
        <translation>Ein geltendes Format als eigene Vorgabe behalten</translation>
    </message>
</context>
<context>
    <name>nanoscope::PresetBrowserModel</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>Bits</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>Stufen</translation>
    </message>
    <message>
        <source>   Standing</source>
        <translation>   Status</translation>
    </message>
    <message>
        <source>%1  %2</source>
        <translation>%1  %2</translation>
    </message>
    <message>
        <source>Beside the reading list</source>
        <translation>Neben der Leseliste</translation>
    </message>
</context>
<context>
    <name>nanoscope::PresetDetails</name>
    <message>
        <source>%1 (number %2 of the reading list)</source>
        <translation>%1 (Nummer %2 der Leseliste)</translation>
    </message>
    <message>
        <source>Standing</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Familie</translation>
    </message>
    <message>
        <source>Also called</source>
        <translation>Auch genannt</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Bits per element</source>
        <translation>Bits je Element</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>Stufen</translation>
    </message>
    <message>
        <source>Format as JSON</source>
        <translation>Format als JSON</translation>
    </message>
    <message>
        <source>Reading list</source>
        <translation>Leseliste</translation>
    </message>
    <message>
        <source>number %1</source>
        <translation>Nummer %1</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Vorgaben</translation>
    </message>
    <message>
        <source>Shown by</source>
        <translation>Gezeigt durch</translation>
    </message>
</context>
<context>
    <name>nanoscope::PresetForm</name>
    <message>
        <source>Save as preset</source>
        <translation>Als Vorgabe speichern</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>&amp;Format</translation>
    </message>
    <message>
        <source>Format to save</source>
        <translation>Zu speicherndes Format</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Preset name</source>
        <translation>Name der Vorgabe</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Titel</translation>
    </message>
    <message>
        <source>Preset title</source>
        <translation>Titel der Vorgabe</translation>
    </message>
    <message>
        <source>F&amp;amily</source>
        <translation>F&amp;amilie</translation>
    </message>
    <message>
        <source>Preset family</source>
        <translation>Familie der Vorgabe</translation>
    </message>
    <message>
        <source>&amp;Description</source>
        <translation>&amp;Beschreibung</translation>
    </message>
    <message>
        <source>Preset description</source>
        <translation>Beschreibung der Vorgabe</translation>
    </message>
    <message>
        <source>as you will type it, for example My_FP4</source>
        <translation>wie er einzugeben ist, zum Beispiel My_FP4</translation>
    </message>
    <message>
        <source>what it is, in a few words</source>
        <translation>was es ist, in wenigen Worten</translation>
    </message>
    <message>
        <source>what is special about it, in a sentence</source>
        <translation>was daran besonders ist, in einem Satz</translation>
    </message>
    <message>
        <source>heading to list it under; empty: Your presets</source>
        <translation>Überschrift in der Liste; leer: Eigene Vorgaben</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>nanoscope::PresetText</name>
    <message>
        <source>Your presets</source>
        <translation>Eigene Vorgaben</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Andere</translation>
    </message>
    <message>
        <source>Your own, from your folder of presets.</source>
        <translation>Eigene, aus dem Ordner der eigenen Vorgaben.</translation>
    </message>
    <message>
        <source>As the standard defines it.</source>
        <translation>Wie der Standard es festlegt.</translation>
    </message>
    <message>
        <source>As the paper defines it.</source>
        <translation>Wie das Paper es festlegt.</translation>
    </message>
    <message>
        <source>As a public implementation does it.</source>
        <translation>Wie eine öffentliche Implementierung es macht.</translation>
    </message>
    <message>
        <source>From summaries of the paper.</source>
        <translation>Nach Zusammenfassungen des Papers.</translation>
    </message>
    <message>
        <source>NxFP is a reconstruction: the paper’s full text was not available.</source>
        <translation>NxFP ist eine Rekonstruktion: der volle Text des Papers lag nicht vor.</translation>
    </message>
    <message>
        <source>A reconstruction: the source leaves details open.</source>
        <translation>Eine Rekonstruktion: die Quelle lässt Einzelheiten offen.</translation>
    </message>
</context>
<context>
    <name>nanoscope::RangeButton</name>
    <message>
        <source>Fill in</source>
        <translation>Ausfüllen</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Fill in %1</source>
        <translation>%1 ausfüllen</translation>
    </message>
    <message>
        <source>Fill in evenly spaced numbers: from, to, step</source>
        <translation>Gleichmäßig verteilte Zahlen einsetzen: von, bis, Schritt</translation>
    </message>
    <message>
        <source>%1 from</source>
        <translation>%1 von</translation>
    </message>
    <message>
        <source>%1 to</source>
        <translation>%1 bis</translation>
    </message>
    <message>
        <source>%1 step</source>
        <translation>%1 Schritt</translation>
    </message>
    <message>
        <source>Apply to %1</source>
        <translation>Auf %1 anwenden</translation>
    </message>
</context>
<context>
    <name>nanoscope::ReportPage</name>
    <message>
        <source>Figure</source>
        <translation>Kennzahl</translation>
    </message>
</context>
<context>
    <name>nanoscope::Session</name>
    <message>
        <source>unnamed</source>
        <translation>ohne Namen</translation>
    </message>
    <message>
        <source>format %1 is left out: %2</source>
        <translation>Format %1 bleibt weg: %2</translation>
    </message>
    <message>
        <source>there is no arrangement &quot;%1&quot;</source>
        <translation>es gibt keine Anordnung „%1“</translation>
    </message>
    <message>
        <source>is a session of version %1, not 1</source>
        <translation>ist eine Sitzung der Version %1, nicht 1</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not as a session has it and is left out</source>
        <translation>„%1“ ist anders, als eine Sitzung es hat, und bleibt weg</translation>
    </message>
    <message>
        <source>the block in Teach cannot be read and is left out</source>
        <translation>der Block in „Lehren“ ist nicht lesbar und bleibt weg</translation>
    </message>
</context>
<context>
    <name>nanoscope::SessionDesk</name>
    <message>
        <source>%1 is not the file it was when the session was saved</source>
        <translation>%1 ist nicht die Datei, die es beim Speichern der Sitzung war</translation>
    </message>
    <message>
        <source>%1 is not there any more; the rest is restored</source>
        <translation>%1 ist nicht mehr da; der Rest ist wiederhergestellt</translation>
    </message>
    <message>
        <source>tensor %1 is %2 now, was %3</source>
        <translation>Tensor %1 ist jetzt %2, war %3</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: cannot be written: %2; choose another place</source>
        <translation>%1: lässt sich nicht schreiben: %2; einen anderen Ort wählen</translation>
    </message>
</context>
<context>
    <name>nanoscope::SessionKeeper</name>
    <message>
        <source>last session</source>
        <translation>letzte Sitzung</translation>
    </message>
</context>
<context>
    <name>nanoscope::SpeedMeter</name>
    <message>
        <source>The kernels could not be measured: %1</source>
        <translation>Die Kernel ließen sich nicht messen: %1</translation>
    </message>
</context>
<context>
    <name>nanoscope::SpeedView</name>
    <message>
        <source>Tensor read</source>
        <translation>Tensor gelesen</translation>
    </message>
    <message>
        <source>Exact summary made</source>
        <translation>Exakte Zusammenfassung erstellt</translation>
    </message>
    <message>
        <source>Exact summary asked</source>
        <translation>Exakte Zusammenfassung befragt</translation>
    </message>
    <message>
        <source>Sampled preview</source>
        <translation>Vorschau aus Stichprobe</translation>
    </message>
    <message>
        <source>Exact pass</source>
        <translation>Exakter Durchgang</translation>
    </message>
    <message>
        <source>Whole report</source>
        <translation>Ganzer Bericht</translation>
    </message>
    <message>
        <source>From the file to values in memory</source>
        <translation>Von der Datei zu Werten im Speicher</translation>
    </message>
    <message>
        <source>Once per tensor, axis and block size: counts and sums by exponent and mantissa bin</source>
        <translation>Einmal je Tensor, Achse und Blockgröße: Anzahlen und Summen nach Exponent und Mantissenklasse</translation>
    </message>
    <message>
        <source>Every elementwise format with one scale per block, however large the tensor</source>
        <translation>Jedes elementweise Format mit einer Skala je Block, wie groß der Tensor auch ist</translation>
    </message>
    <message>
        <source>Blocks drawn in proportion to their power; shown with the standard error</source>
        <translation>Blöcke, gezogen im Verhältnis ihrer Leistung; gezeigt mit dem Standardfehler</translation>
    </message>
    <message>
        <source>Scales, codes, counts and errors of every element, by a kernel for the format</source>
        <translation>Skalen, Codes, Anzahlen und Fehler jedes Elements, durch einen Kernel für das Format</translation>
    </message>
    <message>
        <source>Every figure of every view, by the reference engine</source>
        <translation>Jede Kennzahl jeder Ansicht, durch den Referenzrechner</translation>
    </message>
    <message>
        <source>%1 µs</source>
        <translation>%1 µs</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>&amp;Measure kernels</source>
        <translation>&amp;Kernel messen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Last answer</source>
        <translation>Letzte Antwort</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Elements/s</source>
        <translation>Elemente/s</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Time of the last answers</source>
        <translation>Zeit der letzten Antworten</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>Kernel</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Befehlssatz</translation>
    </message>
    <message>
        <source>10⁹/s</source>
        <translation>10⁹/s</translation>
    </message>
    <message>
        <source>Of reading</source>
        <translation>Vom Lesen</translation>
    </message>
    <message>
        <source>Speed of the kernels</source>
        <translation>Geschwindigkeit der Kernel</translation>
    </message>
    <message>
        <source>Each kernel in turn with a loop that only reads; takes some seconds on all of the machine</source>
        <translation>Jeder Kernel der Reihe nach neben einer Schleife, die nur liest; dauert einige Sekunden auf der ganzen Maschine</translation>
    </message>
    <message>
        <source>Cancel measuring</source>
        <translation>Messung abbrechen</translation>
    </message>
    <message>
        <source>Progress of measuring</source>
        <translation>Fortschritt der Messung</translation>
    </message>
    <message>
        <source>–</source>
        <translation>–</translation>
    </message>
    <message>
        <source>How fast each kernel is here, beside a loop that only reads.</source>
        <translation>Wie schnell jeder Kernel hier ist, neben einer Schleife, die nur liest.</translation>
    </message>
    <message>
        <source>%1 on one thread</source>
        <translation>%1 auf einem Thread</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>%1 auf %2</translation>
    </message>
    <message>
        <source>Reading alone, 10⁹ elements a second: %1</source>
        <translation>Nur Lesen, 10⁹ Elemente je Sekunde: %1</translation>
    </message>
</context>
<context>
    <name>nanoscope::StatusLine</name>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stop what is running (Esc)</source>
        <translation>Anhalten, was läuft (Esc)</translation>
    </message>
    <message>
        <source>vacant %1 of the tensor</source>
        <translation>unbesetzt %1 des Tensors</translation>
    </message>
    <message>
        <source>%1 unused per block</source>
        <translation>%1 unbenutzt je Block</translation>
    </message>
    <message>
        <source>%1: %2 bits per element · SQNR %3 · MSE %4 · %5 · %6</source>
        <translation>%1: %2 Bits je Element · SQNR %3 · MSE %4 · %5 · %6</translation>
    </message>
    <message>
        <source>%1 dB</source>
        <translation>%1 dB</translation>
    </message>
    <message>
        <source>undefined</source>
        <translation>nicht definiert</translation>
    </message>
    <message>
        <source>%1: %2 bits per element · SQNR %3 · MSE %4 · vacant %5 of the tensor, %6 per block · %7 elements%8 · %9 ms</source>
        <translation>%1: %2 Bits je Element · SQNR %3 · MSE %4 · unbesetzt %5 des Tensors, %6 je Block · %7 Elemente%8 · %9 ms</translation>
    </message>
    <message>
        <source> (%1 excluded: %2 NaN, %3 infinite)</source>
        <translation> (%1 ausgeschlossen: %2 NaN, %3 unendlich)</translation>
    </message>
    <message>
        <source>%1 …</source>
        <translation>%1 …</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>%1: nothing to measure: every block holds a NaN or infinity · %2 elements (%3 NaN, %4 infinite)</source>
        <translation>%1: nichts zu messen: jeder Block enthält NaN oder Unendlich · %2 Elemente (%3 NaN, %4 unendlich)</translation>
    </message>
</context>
<context>
    <name>nanoscope::StepRunner</name>
    <message>
        <source>block %1</source>
        <translation>Block %1</translation>
    </message>
    <message>
        <source>the tensor has %1 blocks</source>
        <translation>der Tensor hat %1 Blöcke</translation>
    </message>
    <message>
        <source>the window was not ready within %1 s</source>
        <translation>das Fenster war nicht innerhalb von %1 s bereit</translation>
    </message>
    <message>
        <source>do %1: %2</source>
        <translation>do %1: %2</translation>
    </message>
    <message>
        <source>expect %1: %2</source>
        <translation>expect %1: %2</translation>
    </message>
    <message>
        <source>step %1: %2</source>
        <translation>Schritt %1: %2</translation>
    </message>
    <message>
        <source>level %1 of book %2</source>
        <translation>Stufe %1 von Codebuch %2</translation>
    </message>
    <message>
        <source>the window was closed before the end of the script</source>
        <translation>das Fenster wurde vor dem Ende des Skripts geschlossen</translation>
    </message>
</context>
<context>
    <name>nanoscope::StudyPlot</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2 at %3</source>
        <translation>%1: %2 bei %3</translation>
    </message>
    <message>
        <source>series</source>
        <translation>Reihe</translation>
    </message>
    <message>
        <source>category</source>
        <translation>Kategorie</translation>
    </message>
</context>
<context>
    <name>nanoscope::StudyText</name>
    <message>
        <source>Bit flips</source>
        <translation>Bitfehler</translation>
    </message>
    <message>
        <source>L-Mul</source>
        <translation>L-Mul</translation>
    </message>
    <message>
        <source>Float split</source>
        <translation>Gleitkommateilung</translation>
    </message>
    <message>
        <source>Error interval</source>
        <translation>Fehlerintervall</translation>
    </message>
    <message>
        <source>Spikes</source>
        <translation>Spitzen</translation>
    </message>
    <message>
        <source>Nothing of this kind can be said of this format</source>
        <translation>Über dieses Format lässt sich nichts dieser Art sagen</translation>
    </message>
    <message>
        <source>sign</source>
        <translation>Vorzeichen</translation>
    </message>
    <message>
        <source>exponent</source>
        <translation>Exponent</translation>
    </message>
    <message>
        <source>mantissa</source>
        <translation>Mantisse</translation>
    </message>
    <message>
        <source>integer</source>
        <translation>Ganzzahl</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>largest</source>
        <translation>größtes</translation>
    </message>
    <message>
        <source>bit of the code</source>
        <translation>Bit des Codes</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Bit %1 does most on average: %2 RMS</source>
        <translation>Bit %1 bewirkt im Mittel am meisten: %2 RMS</translation>
    </message>
    <message>
        <source>One flipped bit of an element code</source>
        <translation>Ein gekipptes Bit eines Elementcodes</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>change of the level / RMS</source>
        <translation>Änderung der Stufe / RMS</translation>
    </message>
    <message>
        <source>Bit</source>
        <translation>Bit</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Mean / RMS</source>
        <translation>Mittel / RMS</translation>
    </message>
    <message>
        <source>Largest / RMS</source>
        <translation>Größte / RMS</translation>
    </message>
    <message>
        <source>Mean, levels</source>
        <translation>Mittel, Stufen</translation>
    </message>
    <message>
        <source>Largest, levels</source>
        <translation>Größte, Stufen</translation>
    </message>
    <message>
        <source>No number</source>
        <translation>Keine Zahl</translation>
    </message>
    <message>
        <source>No element has a level of its own</source>
        <translation>Kein Element hat eine eigene Stufe</translation>
    </message>
    <message>
        <source>; one bit makes no number of up to %1 of the codes</source>
        <translation>; ein Bit macht aus bis zu %1 der Codes keine Zahl</translation>
    </message>
    <message>
        <source>; no flip leaves the range of the codes</source>
        <translation>; kein gekipptes Bit verlässt den Bereich der Codes</translation>
    </message>
    <message>
        <source>One flipped bit of a shared scale</source>
        <translation>Ein gekipptes Bit einer gemeinsamen Skala</translation>
    </message>
    <message>
        <source>all elements of the block change at once</source>
        <translation>alle Elemente des Blocks ändern sich zugleich</translation>
    </message>
    <message>
        <source>all elements of the block change at once · %1</source>
        <translation>alle Elemente des Blocks ändern sich zugleich · %1</translation>
    </message>
    <message>
        <source>change / RMS of the block</source>
        <translation>Änderung / RMS des Blocks</translation>
    </message>
    <message>
        <source>Scale after / before, least</source>
        <translation>Skala danach / davor, kleinste</translation>
    </message>
    <message>
        <source>most</source>
        <translation>größte</translation>
    </message>
    <message>
        <source>Mean change / RMS</source>
        <translation>Mittlere Änderung / RMS</translation>
    </message>
    <message>
        <source>mean |change| over blocks</source>
        <translation>Mittel der |Änderung| über Blöcke</translation>
    </message>
    <message>
        <source>RMS change of the worst block</source>
        <translation>RMS-Änderung des schlechtesten Blocks</translation>
    </message>
    <message>
        <source> of the block</source>
        <translation> des Blocks</translation>
    </message>
    <message>
        <source>codebook %1</source>
        <translation>Codebuch %1</translation>
    </message>
    <message>
        <source>Element code, all codebooks</source>
        <translation>Elementcode, alle Codebücher</translation>
    </message>
    <message>
        <source>Element code %1</source>
        <translation>Elementcode %1</translation>
    </message>
    <message>
        <source>Shared scale</source>
        <translation>Gemeinsame Skala</translation>
    </message>
    <message>
        <source>all codebooks</source>
        <translation>alle Codebücher</translation>
    </message>
    <message>
        <source>Blocks of %1</source>
        <translation>Blöcke zu %1</translation>
    </message>
    <message>
        <source>Whole rows</source>
        <translation>Ganze Zeilen</translation>
    </message>
    <message>
        <source>Products by integer addition</source>
        <translation>Produkte durch ganzzahlige Addition</translation>
    </message>
    <message>
        <source>%1 pairs of this tensor&apos;s values</source>
        <translation>%1 Paare von Werten dieses Tensors</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Produkt</translation>
    </message>
    <message>
        <source>Relative mean squared error</source>
        <translation>Relativer mittlerer quadratischer Fehler</translation>
    </message>
    <message>
        <source>Mean relative error</source>
        <translation>Mittlerer relativer Fehler</translation>
    </message>
    <message>
        <source>L-Mul, %1 mantissa bits</source>
        <translation>L-Mul, %1 Mantissenbits</translation>
    </message>
    <message>
        <source>%1, rounded product</source>
        <translation>%1, gerundetes Produkt</translation>
    </message>
    <message>
        <source>%1, exact product</source>
        <translation>%1, exaktes Produkt</translation>
    </message>
    <message>
        <source>All products of this tensor&apos;s values are 0</source>
        <translation>Alle Produkte von Werten dieses Tensors sind 0</translation>
    </message>
    <message>
        <source>mantissa bits of L-Mul&apos;s operands</source>
        <translation>Mantissenbits der Operanden von L-Mul</translation>
    </message>
    <message>
        <source>relative mean squared error</source>
        <translation>relativer mittlerer quadratischer Fehler</translation>
    </message>
    <message>
        <source>Smallest error with %1 mantissa bits: %2; the product of the mantissas is dropped, so more bits do not help</source>
        <translation>Kleinster Fehler mit %1 Mantissenbits: %2; das Produkt der Mantissen entfällt, also helfen mehr Bits nicht</translation>
    </message>
    <message>
        <source>No split was measured</source>
        <translation>Keine Teilung wurde gemessen</translation>
    </message>
    <message>
        <source>SQNR of every split into exponent and mantissa</source>
        <translation>SQNR jeder Teilung in Exponent und Mantisse</translation>
    </message>
    <message>
        <source>%1 · %2 of %3 elements</source>
        <translation>%1 · %2 von %3 Elementen</translation>
    </message>
    <message>
        <source>%1 · all elements</source>
        <translation>%1 · alle Elemente</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>Bits</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Teilung</translation>
    </message>
    <message>
        <source>Clip searched</source>
        <translation>Grenze gesucht</translation>
    </message>
    <message>
        <source>Block maximum</source>
        <translation>Blockmaximum</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>Beste</translation>
    </message>
    <message>
        <source>best split</source>
        <translation>beste Teilung</translation>
    </message>
    <message>
        <source>block maximum on the largest level</source>
        <translation>Blockmaximum auf der größten Stufe</translation>
    </message>
    <message>
        <source>clip searched per block</source>
        <translation>Grenze je Block gesucht</translation>
    </message>
    <message>
        <source>%1 bits</source>
        <translation>%1 Bits</translation>
    </message>
    <message>
        <source>Every split holds these values exactly: there is no error to show</source>
        <translation>Jede Teilung hält diese Werte exakt: es gibt keinen Fehler zu zeigen</translation>
    </message>
    <message>
        <source>INT</source>
        <translation>INT</translation>
    </message>
    <message>
        <source>exponent bits</source>
        <translation>Exponentbits</translation>
    </message>
    <message>
        <source>SQNR, dB</source>
        <translation>SQNR, dB</translation>
    </message>
    <message>
        <source>Best on these values, by width: %1. This is the error of the values as they are; training, with its wider gradients, asks for more exponent bits</source>
        <translation>Am besten für diese Werte, nach Breite: %1. Dies ist der Fehler der Werte, wie sie sind; Training mit seinen weiter gestreuten Gradienten verlangt mehr Exponentbits</translation>
    </message>
    <message>
        <source>Not judged: at least half of the values are 0</source>
        <translation>Nicht beurteilt: mindestens die Hälfte der Werte ist 0</translation>
    </message>
    <message>
        <source>⚑ Flagged: the largest is %1 times the median, more than %2</source>
        <translation>⚑ Markiert: der größte ist das %1-Fache des Medians, mehr als %2</translation>
    </message>
    <message>
        <source>✓ Not flagged: the largest is %1 times the median, at most %2</source>
        <translation>✓ Nicht markiert: der größte ist das %1-Fache des Medians, höchstens %2</translation>
    </message>
    <message>
        <source>%1. Crest factor %2, kurtosis %3 (Gaussian 3), %4 beyond 6 RMS</source>
        <translation>%1. Scheitelfaktor %2, Kurtosis %3 (Normalverteilung 3), %4 jenseits von 6 RMS</translation>
    </message>
    <message>
        <source>No weight has room: all values are exact, or there are none</source>
        <translation>Kein Gewicht hat Spielraum: alle Werte sind exakt, oder es gibt keine</translation>
    </message>
    <message>
        <source>How far a weight can move</source>
        <translation>Wie weit sich ein Gewicht bewegen kann</translation>
    </message>
    <message>
        <source>between itself and its quantized value · blocks of %1</source>
        <translation>zwischen sich und seinem quantisierten Wert · Blöcke zu %1</translation>
    </message>
    <message>
        <source>Width / RMS from</source>
        <translation>Breite / RMS von</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>share of weights</source>
        <translation>Anteil der Gewichte</translation>
    </message>
    <message>
        <source>width of the interval / RMS of the tensor</source>
        <translation>Breite des Intervalls / RMS des Tensors</translation>
    </message>
    <message>
        <source>share of weights, %</source>
        <translation>Anteil der Gewichte, %</translation>
    </message>
    <message>
        <source>mean of the free</source>
        <translation>Mittel der freien</translation>
    </message>
    <message>
        <source>%1 of the weights are free, by %2 RMS on average; the largest and the smallest weight of each block are frozen</source>
        <translation>%1 der Gewichte sind frei, im Mittel um %2 RMS; das größte und das kleinste Gewicht jedes Blocks sind fest</translation>
    </message>
    <message>
        <source>All values are 0: nothing stands out</source>
        <translation>Alle Werte sind 0: nichts ragt heraus</translation>
    </message>
    <message>
        <source>Magnitudes of the tensor</source>
        <translation>Beträge des Tensors</translation>
    </message>
    <message>
        <source>elements per octave · largest %1, median %2, RMS %3</source>
        <translation>Elemente je Oktave · größtes %1, Median %2, RMS %3</translation>
    </message>
    <message>
        <source>|w| from</source>
        <translation>|w| from</translation>
    </message>
    <message>
        <source>Elements</source>
        <translation>Elemente</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>elements</source>
        <translation>Elemente</translation>
    </message>
    <message>
        <source>magnitude / RMS</source>
        <translation>Betrag / RMS</translation>
    </message>
    <message>
        <source>median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>RMS</source>
        <translation>RMS</translation>
    </message>
    <message>
        <source>6 RMS</source>
        <translation>6 RMS</translation>
    </message>
</context>
<context>
    <name>nanoscope::StudyView</name>
    <message>
        <source>Of</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Study table</source>
        <translation>Tabelle der Studie</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Studie</translation>
    </message>
    <message>
        <source>Part of the study</source>
        <translation>Teil der Studie</translation>
    </message>
    <message>
        <source>Study chart</source>
        <translation>Diagramm der Studie</translation>
    </message>
    <message>
        <source>&amp;Study</source>
        <translation>&amp;Studie</translation>
    </message>
    <message>
        <source>Being computed ...</source>
        <translation>Wird berechnet ...</translation>
    </message>
    <message>
        <source>Open a tensor and choose a format to compare it with</source>
        <translation>Einen Tensor öffnen und ein Format zum Vergleichen wählen</translation>
    </message>
    <message>
        <source>Of the tensor or format before; the new figures are being computed. %1</source>
        <translation>Vom Tensor oder Format davor; die neuen Kennzahlen werden berechnet. %1</translation>
    </message>
</context>
<context>
    <name>nanoscope::SweepDock</name>
    <message>
        <source>sweep stopped before it was complete</source>
        <translation>Parameterlauf angehalten, bevor er vollständig war</translation>
    </message>
</context>
<context>
    <name>nanoscope::TeachDelegate</name>
    <message>
        <source>Value of the element</source>
        <translation>Wert des Elements</translation>
    </message>
</context>
<context>
    <name>nanoscope::TeachDock</name>
    <message>
        <source>the block in Teach</source>
        <translation>der Block in „Lehren“</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>exakt</translation>
    </message>
    <message>
        <source>SQNR %1</source>
        <translation>SQNR %1</translation>
    </message>
    <message>
        <source>own values</source>
        <translation>eigene Werte</translation>
    </message>
    <message>
        <source>block %1 of %2</source>
        <translation>Block %1 von %2</translation>
    </message>
    <message>
        <source>, values changed</source>
        <translation>, Werte geändert</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source> · tensor scale %1</source>
        <translation> · Tensorskala %1</translation>
    </message>
    <message>
        <source>the block is not shown</source>
        <translation>der Block ist nicht zu sehen</translation>
    </message>
</context>
<context>
    <name>nanoscope::TeachLine</name>
    <message>
        <source>Levels of element %1</source>
        <translation>Stufen von Element %1</translation>
    </message>
    <message>
        <source>Number line</source>
        <translation>Zahlengerade</translation>
    </message>
    <message>
        <source>no element</source>
        <translation>kein Element</translation>
    </message>
    <message numerus="yes">
        <source>value %1, %n levels: which one does it take?</source>
        <translation>
            <numerusform>Wert %1, %n Stufe: welche nimmt er?</numerusform>
            <numerusform>Wert %1, %n Stufen: welche nimmt er?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>value %1 becomes %2, one of %n levels</source>
        <translation>
            <numerusform>Wert %1 wird %2, eine von %n Stufe</numerusform>
            <numerusform>Wert %1 wird %2, eine von %n Stufen</numerusform>
        </translation>
    </message>
    <message>
        <source>No element to show</source>
        <translation>Kein Element zu zeigen</translation>
    </message>
    <message>
        <source>click the level that the value takes, or press ← → and Return</source>
        <translation>auf die Stufe klicken, die der Wert nimmt, oder ← → und Eingabe drücken</translation>
    </message>
    <message>
        <source>drag the value, or press ← →; small ticks: where rounding changes</source>
        <translation>den Wert ziehen oder ← → drücken; kleine Striche: wo sich die Rundung ändert</translation>
    </message>
    <message>
        <source>value %1</source>
        <translation>Wert %1</translation>
    </message>
</context>
<context>
    <name>nanoscope::TeachView</name>
    <message>
        <source>no number</source>
        <translation>keine Zahl</translation>
    </message>
    <message>
        <source>shared scale</source>
        <translation>gemeinsame Skala</translation>
    </message>
    <message>
        <source>NanoMantissa or micro-scale</source>
        <translation>NanoMantissa oder Mikroskala</translation>
    </message>
    <message>
        <source>codebook selector</source>
        <translation>Auswahl des Codebuchs</translation>
    </message>
    <message>
        <source>other metadata</source>
        <translation>andere Metadaten</translation>
    </message>
    <message>
        <source>scale of positives</source>
        <translation>Skala der positiven</translation>
    </message>
    <message>
        <source>scale of others</source>
        <translation>Skala der anderen</translation>
    </message>
    <message>
        <source>element %1, value %2</source>
        <translation>Element %1, Wert %2</translation>
    </message>
    <message>
        <source>%1: its code is hidden</source>
        <translation>%1: sein Code ist verborgen</translation>
    </message>
    <message>
        <source>%1: %2; decodes to %3</source>
        <translation>%1: %2; dekodiert zu %3</translation>
    </message>
    <message>
        <source>; changed by flipped bits</source>
        <translation>; durch gekippte Bits geändert</translation>
    </message>
    <message>
        <source>any value</source>
        <translation>jeder Wert</translation>
    </message>
    <message>
        <source>beyond %1</source>
        <translation>jenseits %1</translation>
    </message>
    <message>
        <source>below %1</source>
        <translation>unter %1</translation>
    </message>
    <message>
        <source>between %1 and %2</source>
        <translation>zwischen %1 und %2</translation>
    </message>
    <message>
        <source>%1 is stored as %2: nothing scales it.</source>
        <translation>%1 ist als %2 gespeichert: nichts skaliert es.</translation>
    </message>
    <message>
        <source>(%1 − %2) ÷ scale %3 = %4</source>
        <translation>(%1 − %2) ÷ Skala %3 = %4</translation>
    </message>
    <message>
        <source>%1 ÷ scale %2 = %3</source>
        <translation>%1 ÷ Skala %2 = %3</translation>
    </message>
    <message>
        <source>; stored more finely than its neighbors: %1</source>
        <translation>; feiner gespeichert als seine Nachbarn: %1</translation>
    </message>
    <message>
        <source>, %1, takes level %2 (code %3)</source>
        <translation>, %1, nimmt Stufe %2 (Code %3)</translation>
    </message>
    <message>
        <source>; × %1 + %2 = %3</source>
        <translation>; × %1 + %2 = %3</translation>
    </message>
    <message>
        <source>; × %1 = %2</source>
        <translation>; × %1 = %2</translation>
    </message>
    <message>
        <source>; error %1</source>
        <translation>; Fehler %1</translation>
    </message>
    <message>
        <source> (clipped: beyond the outermost level)</source>
        <translation> (abgeschnitten: jenseits der äußersten Stufe)</translation>
    </message>
    <message>
        <source>With the flipped bits the block ends too early: it cannot be read.</source>
        <translation>Mit den gekippten Bits endet der Block zu früh: er ist nicht lesbar.</translation>
    </message>
    <message numerus="yes">
        <source>%n bit(s) flipped: </source>
        <translation>
            <numerusform>%n Bit gekippt: </numerusform>
            <numerusform>%n Bits gekippt: </numerusform>
        </translation>
    </message>
    <message>
        <source>this value is now %1 instead of %2</source>
        <translation>dieser Wert ist jetzt %1 statt %2</translation>
    </message>
    <message>
        <source>this value stays %1</source>
        <translation>dieser Wert bleibt %1</translation>
    </message>
    <message numerus="yes">
        <source>; %n other value(s) changed.</source>
        <translation>
            <numerusform>; %n anderer Wert geändert.</numerusform>
            <numerusform>; %n andere Werte geändert.</numerusform>
        </translation>
    </message>
    <message>
        <source>The block holds NaN or infinity: it is left out and decodes to NaN.</source>
        <translation>Der Block enthält NaN oder Unendlich: er bleibt weg und dekodiert zu NaN.</translation>
    </message>
    <message>
        <source>That is no code of this element.</source>
        <translation>Das ist kein Code dieses Elements.</translation>
    </message>
    <message>
        <source>Right: %1</source>
        <translation>Richtig: %1</translation>
    </message>
    <message>
        <source>Not quite: %1 is %2 away from the value, %3 is %4 away.</source>
        <translation>Nicht ganz: %1 ist %2 vom Wert entfernt, %3 ist %4 entfernt.</translation>
    </message>
    <message>
        <source>Both are as near; the format&apos;s rule for ties decides.</source>
        <translation>Beide sind gleich nah; die Regel des Formats für Gleichstand entscheidet.</translation>
    </message>
    <message>
        <source>&amp;Use selected block</source>
        <translation>Gewählten Bloc&amp;k nehmen</translation>
    </message>
    <message>
        <source>Take the values of the block that is selected in the tensor</source>
        <translation>Die Werte des im Tensor gewählten Blocks nehmen</translation>
    </message>
    <message>
        <source>Restore bits</source>
        <translation>Bits wiederherstellen</translation>
    </message>
    <message>
        <source>All bits as the encoder wrote them</source>
        <translation>Alle Bits, wie der Kodierer sie schrieb</translation>
    </message>
    <message>
        <source>&amp;Questions</source>
        <translation>&amp;Fragen</translation>
    </message>
    <message>
        <source>Hides what the chosen value becomes until you have said it</source>
        <translation>Verbirgt, was aus dem gewählten Wert wird, bis es gesagt ist</translation>
    </message>
    <message>
        <source>Values of the block</source>
        <translation>Werte des Blocks</translation>
    </message>
    <message>
        <source>numbers, for example 0.3, −1.1, 2.2</source>
        <translation>Zahlen, zum Beispiel 0.3, −1.1, 2.2</translation>
    </message>
    <message>
        <source>Va&amp;lues</source>
        <translation>&amp;Werte</translation>
    </message>
    <message>
        <source>Bits that the block shares</source>
        <translation>Gemeinsame Bits des Blocks</translation>
    </message>
    <message>
        <source>Values and bits of the elements</source>
        <translation>Werte und Bits der Elemente</translation>
    </message>
    <message>
        <source>Number line of the element</source>
        <translation>Zahlengerade des Elements</translation>
    </message>
    <message>
        <source>Your answer as a code</source>
        <translation>Antwort als Code</translation>
    </message>
    <message>
        <source>0101</source>
        <translation>0101</translation>
    </message>
    <message>
        <source>Which &amp;level? Click it, or type its code</source>
        <translation>Welche &amp;Stufe? Anklicken oder ihren Code eingeben</translation>
    </message>
    <message>
        <source>&amp;Reveal</source>
        <translation>A&amp;uflösen</translation>
    </message>
    <message>
        <source>&amp;Next value</source>
        <translation>&amp;Nächster Wert</translation>
    </message>
    <message>
        <source>largest</source>
        <translation>größtes</translation>
    </message>
    <message>
        <source>The value %1 takes one of the levels on the line. Which one?</source>
        <translation>Der Wert %1 nimmt eine der Stufen auf der Geraden. Welche?</translation>
    </message>
    <message>
        <source>%1 of %2 right</source>
        <translation>%1 von %2 richtig</translation>
    </message>
    <message>
        <source>These are no numbers: separate them by commas, for example 0.3, −1.1, 2.2</source>
        <translation>Das sind keine Zahlen: durch Kommas trennen, zum Beispiel 0.3, −1.1, 2.2</translation>
    </message>
</context>
<context>
    <name>nanoscope::TensorModel</name>
    <message>
        <source>%1 tensors</source>
        <translation>%1 Tensoren</translation>
    </message>
    <message>
        <source>%1 dB</source>
        <translation>%1 dB</translation>
    </message>
    <message>
        <source>%1 cannot be explored: %2</source>
        <translation>%1 lässt sich nicht erkunden: %2</translation>
    </message>
    <message>
        <source>%1: %L2 elements, %3, stored as %4</source>
        <translation>%1: %L2 Elemente, %3, gespeichert als %4</translation>
    </message>
    <message>
        <source>Signal-to-quantization-noise ratio under format A, as far as known</source>
        <translation>Signal-Quantisierungsrausch-Verhältnis mit Format A, soweit bekannt</translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation>Tensor</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>SQNR</source>
        <translation>SQNR</translation>
    </message>
</context>
<context>
    <name>nanoscope::TensorPanel</name>
    <message>
        <source>Tensor filter</source>
        <translation>Tensorfilter</translation>
    </message>
    <message>
        <source>part of a name</source>
        <translation>Teil eines Namens</translation>
    </message>
    <message>
        <source>Fi&amp;lter</source>
        <translation>Fi&amp;lter</translation>
    </message>
    <message>
        <source>Tensor list</source>
        <translation>Tensorliste</translation>
    </message>
</context>
<context>
    <name>nanoscope::TierText</name>
    <message>
        <source>exact summary</source>
        <translation>exakte Zusammenfassung</translation>
    </message>
    <message>
        <source>errors and counts exact</source>
        <translation>Fehler und Anzahlen exakt</translation>
    </message>
    <message>
        <source>preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>preview ± %1 dB</source>
        <translation>Vorschau ± %1 dB</translation>
    </message>
</context>
<context>
    <name>nanoscope::TwinPane</name>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>%1 zeigen</translation>
    </message>
    <message>
        <source>The numbers of the plot as a table</source>
        <translation>Die Zahlen des Diagramms als Tabelle</translation>
    </message>
</context>
<context>
    <name>nanoscope::ViewBar</name>
    <message>
        <source>Blocks along</source>
        <translation>Blöcke entlang</translation>
    </message>
    <message>
        <source>The axis along which elements share a scale</source>
        <translation>Die Achse, entlang der Elemente eine Skala teilen</translation>
    </message>
    <message>
        <source>Shape as</source>
        <translation>Form als</translation>
    </message>
    <message>
        <source>Take the tensor as another shape with the same number of elements: choose, or type R,C</source>
        <translation>Den Tensor in einer anderen Form mit gleich vielen Elementen nehmen: wählen oder R,C eingeben</translation>
    </message>
    <message>
        <source>&amp;Blocks along</source>
        <translation>Blöc&amp;ke entlang</translation>
    </message>
    <message>
        <source>Sh&amp;ape as</source>
        <translation>Fo&amp;rm als</translation>
    </message>
    <message>
        <source>as stored: %1</source>
        <translation>wie gespeichert: %1</translation>
    </message>
    <message>
        <source>axis %1 (%2)</source>
        <translation>Achse %1 (%2)</translation>
    </message>
    <message>
        <source>%1, last</source>
        <translation>%1, letzte</translation>
    </message>
    <message>
        <source>a single value</source>
        <translation>ein einzelner Wert</translation>
    </message>
    <message>
        <source>%1 is no shape of %L2 elements; type extents with this product, such as %3.</source>
        <translation>%1 ist keine Form von %L2 Elementen; Ausdehnungen mit diesem Produkt eingeben, etwa %3.</translation>
    </message>
</context>
<context>
    <name>nanoscope::ViewDocks</name>
    <message>
        <source>Tensors</source>
        <translation>Tensoren</translation>
    </message>
    <message>
        <source>Format %1</source>
        <translation>Format %1</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>Stufen</translation>
    </message>
    <message>
        <source>Level table</source>
        <translation>Tabelle der Stufen</translation>
    </message>
    <message>
        <source>Error map of format A</source>
        <translation>Fehlerkarte von Format A</translation>
    </message>
    <message>
        <source>Error map</source>
        <translation>Fehlerkarte</translation>
    </message>
    <message>
        <source>Error by magnitude chart</source>
        <translation>Diagramm Fehler nach Betrag</translation>
    </message>
    <message>
        <source>By magnitude</source>
        <translation>Nach Betrag</translation>
    </message>
    <message>
        <source>Error by magnitude table</source>
        <translation>Tabelle Fehler nach Betrag</translation>
    </message>
    <message>
        <source>Per block</source>
        <translation>Je Block</translation>
    </message>
    <message>
        <source>Error share</source>
        <translation>Fehleranteil</translation>
    </message>
    <message>
        <source>Outliers</source>
        <translation>Ausreißer</translation>
    </message>
    <message>
        <source>Studies</source>
        <translation>Studien</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>Block</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspektor</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Kennzahlen</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Pareto</source>
        <translation>Pareto</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>Parameterlauf</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Differenz</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>Perplexität</translation>
    </message>
    <message>
        <source>Teach</source>
        <translation>Lehren</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>Lektionen</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Geschwindigkeit</translation>
    </message>
</context>
<context>
    <name>nanoscope::FieldMeaningText</name>
    <message>
        <source>axis of the tensor that blocks run along</source>
        <translation>Achse des Tensors, längs der Blöcke laufen</translation>
    </message>
    <message>
        <source>elements that share a scale</source>
        <translation>Elemente, die eine Skala teilen</translation>
    </message>
    <message>
        <source>elements that share a micro-scale</source>
        <translation>Elemente, die eine Mikroskala teilen</translation>
    </message>
    <message>
        <source>rows of the tensor that a block covers</source>
        <translation>Zeilen des Tensors, die ein Block umfasst</translation>
    </message>
    <message>
        <source>a further codebook to choose from</source>
        <translation>ein weiteres Codebuch zur Wahl</translation>
    </message>
    <message>
        <source>name of the codebook</source>
        <translation>Name des Codebuchs</translation>
    </message>
    <message>
        <source>where the codebook&apos;s levels come from</source>
        <translation>woher die Stufen des Codebuchs kommen</translation>
    </message>
    <message>
        <source>exponent bits of an element</source>
        <translation>Exponentenbits eines Elements</translation>
    </message>
    <message>
        <source>mantissa bits of an element</source>
        <translation>Mantissenbits eines Elements</translation>
    </message>
    <message>
        <source>what the codes of the largest exponent stand for</source>
        <translation>wofür die Codes des größten Exponenten stehen</translation>
    </message>
    <message>
        <source>exponent bias of an element, where it is not the usual one</source>
        <translation>Exponentenbias eines Elements, wo er nicht der übliche ist</translation>
    </message>
    <message>
        <source>whether the smallest exponent holds levels of its own</source>
        <translation>ob der kleinste Exponent eigene Stufen hat</translation>
    </message>
    <message>
        <source>bits of an element code</source>
        <translation>Bits eines Elementcodes</translation>
    </message>
    <message>
        <source>exponent bits of a posit</source>
        <translation>Exponentenbits eines Posits</translation>
    </message>
    <message>
        <source>step between levels, as a power of two</source>
        <translation>Schritt zwischen Stufen, als Zweierpotenz</translation>
    </message>
    <message>
        <source>two&apos;s complement: one more negative level</source>
        <translation>Zweierkomplement: eine negative Stufe mehr</translation>
    </message>
    <message>
        <source>levels at odd half steps, none at zero</source>
        <translation>Stufen auf ungeraden halben Schritten, keine bei null</translation>
    </message>
    <message>
        <source>how many powers of two an element code is the sum of</source>
        <translation>aus wie vielen Zweierpotenzen ein Elementcode die Summe ist</translation>
    </message>
    <message>
        <source>what becomes of values beyond the last level</source>
        <translation>was aus Werten jenseits der letzten Stufe wird</translation>
    </message>
    <message>
        <source>the wider stored code that these bits are read from</source>
        <translation>der breitere gespeicherte Code, aus dem diese Bits gelesen werden</translation>
    </message>
    <message>
        <source>bits of the wider stored code</source>
        <translation>Bits des breiteren gespeicherten Codes</translation>
    </message>
    <message>
        <source>how the wider stored code is cut down</source>
        <translation>wie der breitere gespeicherte Code gekürzt wird</translation>
    </message>
    <message>
        <source>the levels themselves, code by code</source>
        <translation>die Stufen selbst, Code für Code</translation>
    </message>
    <message>
        <source>factor on every level</source>
        <translation>Faktor auf jeder Stufe</translation>
    </message>
    <message>
        <source>value that the scale maps a block&apos;s maximum to</source>
        <translation>Wert, auf den die Skala das Maximum eines Blocks abbildet</translation>
    </message>
    <message>
        <source>what the otherwise wasted code of minus zero stands for</source>
        <translation>wofür der sonst vergeudete Code der negativen Null steht</translation>
    </message>
    <message>
        <source>how the level of the recycled code is found</source>
        <translation>wie die Stufe des wiederverwendeten Codes gefunden wird</translation>
    </message>
    <message>
        <source>sign of the recycled level</source>
        <translation>Vorzeichen der wiederverwendeten Stufe</translation>
    </message>
    <message>
        <source>level that the recycled code stands for</source>
        <translation>Stufe, für die der wiederverwendete Code steht</translation>
    </message>
    <message>
        <source>whether each codebook gets a scale of its own or that of the first</source>
        <translation>ob jedes Codebuch eine eigene Skala bekommt oder die des ersten</translation>
    </message>
    <message>
        <source>how the shared scale is stored</source>
        <translation>wie die gemeinsame Skala gespeichert wird</translation>
    </message>
    <message>
        <source>how the shared scale follows from the block&apos;s maximum</source>
        <translation>wie die gemeinsame Skala aus dem Maximum des Blocks folgt</translation>
    </message>
    <message>
        <source>figure of a block that its scale is made of</source>
        <translation>Kennzahl eines Blocks, aus der seine Skala gebildet wird</translation>
    </message>
    <message>
        <source>exponent offsets that are tried for every block</source>
        <translation>Exponentenversätze, die für jeden Block versucht werden</translation>
    </message>
    <message>
        <source>targets that are tried for every block</source>
        <translation>Zielwerte, die für jeden Block versucht werden</translation>
    </message>
    <message>
        <source>clip candidates that are tried for every block</source>
        <translation>Kappungen, die für jeden Block versucht werden</translation>
    </message>
    <message>
        <source>what a clip candidate multiplies</source>
        <translation>was eine Kappung multipliziert</translation>
    </message>
    <message>
        <source>smallest scale that is stored</source>
        <translation>kleinste Skala, die gespeichert wird</translation>
    </message>
    <message>
        <source>largest scale that is stored</source>
        <translation>größte Skala, die gespeichert wird</translation>
    </message>
    <message>
        <source>scale that a block of zeros stores</source>
        <translation>Skala, die ein Block aus Nullen speichert</translation>
    </message>
    <message>
        <source>whether codes follow from the scale as stored or from the one before it was rounded</source>
        <translation>ob Codes aus der gespeicherten Skala folgen oder aus der vor dem Runden</translation>
    </message>
    <message>
        <source>one scale for positive and one for other elements</source>
        <translation>eine Skala für positive und eine für die anderen Elemente</translation>
    </message>
    <message>
        <source>one more scale for the whole tensor</source>
        <translation>eine weitere Skala für den ganzen Tensor</translation>
    </message>
    <message>
        <source>how the tensor&apos;s scale is stored</source>
        <translation>wie die Skala des Tensors gespeichert wird</translation>
    </message>
    <message>
        <source>value that the tensor&apos;s scale maps its maximum to</source>
        <translation>Wert, auf den die Skala des Tensors sein Maximum abbildet</translation>
    </message>
    <message>
        <source>figure of the tensor that its scale is made of</source>
        <translation>Kennzahl des Tensors, aus der seine Skala gebildet wird</translation>
    </message>
    <message>
        <source>smallest scale of the tensor</source>
        <translation>kleinste Skala des Tensors</translation>
    </message>
    <message>
        <source>exponent offsets that are tried for the tensor</source>
        <translation>Exponentenversätze, die für den Tensor versucht werden</translation>
    </message>
    <message>
        <source>clip ratios that are tried for the tensor</source>
        <translation>Kappungsverhältnisse, die für den Tensor versucht werden</translation>
    </message>
    <message>
        <source>fixed exponent of the tensor&apos;s scale</source>
        <translation>fester Exponent der Skala des Tensors</translation>
    </message>
    <message>
        <source>a small scale beside the shared one (NanoMantissa, subgroup mantissa, microexponent)</source>
        <translation>eine kleine Skala neben der gemeinsamen (NanoMantissa, Untergruppenmantisse, Mikroexponent)</translation>
    </message>
    <message>
        <source>what a micro-scale belongs to</source>
        <translation>wozu eine Mikroskala gehört</translation>
    </message>
    <message>
        <source>bits of a micro-scale</source>
        <translation>Bits einer Mikroskala</translation>
    </message>
    <message>
        <source>how a micro-scale is found</source>
        <translation>wie eine Mikroskala gefunden wird</translation>
    </message>
    <message>
        <source>each block picks its codebook (Adaptive Microexponent)</source>
        <translation>jeder Block wählt sein Codebuch (Adaptive Microexponent)</translation>
    </message>
    <message>
        <source>what a codebook is picked for</source>
        <translation>wofür ein Codebuch gewählt wird</translation>
    </message>
    <message>
        <source>how the codebook is picked</source>
        <translation>wie das Codebuch gewählt wird</translation>
    </message>
    <message>
        <source>stored bits of the choice</source>
        <translation>gespeicherte Bits der Wahl</translation>
    </message>
    <message>
        <source>an offset stored beside the scale</source>
        <translation>ein Versatz, der neben der Skala gespeichert wird</translation>
    </message>
    <message>
        <source>integer code of zero, or a real minimum</source>
        <translation>ganzzahliger Code der Null oder ein reelles Minimum</translation>
    </message>
    <message>
        <source>the range is widened until it holds zero</source>
        <translation>der Bereich wird erweitert, bis er die Null enthält</translation>
    </message>
    <message>
        <source>elements that are stored more finely than their neighbors</source>
        <translation>Elemente, die feiner gespeichert werden als ihre Nachbarn</translation>
    </message>
    <message>
        <source>which elements are exceptions</source>
        <translation>welche Elemente Ausnahmen sind</translation>
    </message>
    <message>
        <source>mantissa bits of the exception</source>
        <translation>Mantissenbits der Ausnahme</translation>
    </message>
    <message>
        <source>bits that lower the exponent of the other elements</source>
        <translation>Bits, die den Exponenten der anderen Elemente senken</translation>
    </message>
    <message>
        <source>how the other elements&apos; exponent follows</source>
        <translation>wie der Exponent der anderen Elemente folgt</translation>
    </message>
    <message>
        <source>metadata bits that refine the exception</source>
        <translation>Metadatenbits, die die Ausnahme verfeinern</translation>
    </message>
    <message>
        <source>finer levels of the exception</source>
        <translation>feinere Stufen der Ausnahme</translation>
    </message>
    <message>
        <source>exceptions in a block</source>
        <translation>Ausnahmen in einem Block</translation>
    </message>
    <message>
        <source>share of the tensor&apos;s elements that are exceptions</source>
        <translation>Anteil der Elemente des Tensors, die Ausnahmen sind</translation>
    </message>
    <message>
        <source>magnitude that makes a column an exception</source>
        <translation>Betrag, der eine Spalte zur Ausnahme macht</translation>
    </message>
    <message>
        <source>the threshold is in multiples of the tensor&apos;s root mean square</source>
        <translation>die Schwelle ist ein Vielfaches des quadratischen Mittels des Tensors</translation>
    </message>
    <message>
        <source>a change of basis before quantization</source>
        <translation>ein Basiswechsel vor der Quantisierung</translation>
    </message>
    <message>
        <source>size of the Hadamard rotation; 0 is none</source>
        <translation>Größe der Hadamard-Drehung; 0 ist keine</translation>
    </message>
    <message>
        <source>seed of the random signs before the rotation</source>
        <translation>Startwert der zufälligen Vorzeichen vor der Drehung</translation>
    </message>
    <message>
        <source>columns are sorted by their norm</source>
        <translation>Spalten sind nach ihrer Norm sortiert</translation>
    </message>
    <message>
        <source>N:M pruning</source>
        <translation>N:M-Ausdünnung</translation>
    </message>
    <message>
        <source>elements that are kept of each group</source>
        <translation>Elemente, die von jeder Gruppe bleiben</translation>
    </message>
    <message>
        <source>elements of a pruning group</source>
        <translation>Elemente einer Ausdünnungsgruppe</translation>
    </message>
    <message>
        <source>blocks of several formats in one tensor</source>
        <translation>Blöcke mehrerer Formate in einem Tensor</translation>
    </message>
    <message>
        <source>how a block gets its format</source>
        <translation>wie ein Block sein Format bekommt</translation>
    </message>
    <message>
        <source>share of blocks that take the other format</source>
        <translation>Anteil der Blöcke, die das andere Format nehmen</translation>
    </message>
    <message>
        <source>limit beyond which blocks take the other format</source>
        <translation>Grenze, jenseits derer Blöcke das andere Format nehmen</translation>
    </message>
    <message>
        <source>the formats that are mixed</source>
        <translation>die Formate, die gemischt werden</translation>
    </message>
    <message>
        <source>a further format that is mixed in</source>
        <translation>ein weiteres Format, das beigemischt wird</translation>
    </message>
    <message>
        <source>the procedure that finds the codes</source>
        <translation>das Verfahren, das die Codes findet</translation>
    </message>
    <message>
        <source>bits of an ordinary element</source>
        <translation>Bits eines gewöhnlichen Elements</translation>
    </message>
    <message>
        <source>standard deviations beyond which an element is an outlier</source>
        <translation>Standardabweichungen, jenseits derer ein Element ein Ausreißer ist</translation>
    </message>
    <message>
        <source>residual stages</source>
        <translation>Stufen der Reste</translation>
    </message>
    <message>
        <source>order of the code bits in memory</source>
        <translation>Reihenfolge der Codebits im Speicher</translation>
    </message>
    <message>
        <source>what happens exactly between two levels</source>
        <translation>was genau zwischen zwei Stufen geschieht</translation>
    </message>
    <message>
        <source>seed of random rounding; none rounds to the nearest level</source>
        <translation>Startwert des zufälligen Rundens; keiner rundet zur nächsten Stufe</translation>
    </message>
    <message>
        <source>error that a search makes small</source>
        <translation>Fehler, den eine Suche klein macht</translation>
    </message>
    <message>
        <source>order in which a search tries things; it decides ties</source>
        <translation>Reihenfolge, in der eine Suche probiert; sie entscheidet bei Gleichstand</translation>
    </message>
    <message>
        <source>order and precision of the operations on scales</source>
        <translation>Reihenfolge und Genauigkeit der Rechnungen mit Skalen</translation>
    </message>
    <message>
        <source>bits of an element code, sign included</source>
        <translation>Bits eines Elementcodes mit Vorzeichen</translation>
    </message>
    <message>
        <source>block size in elements</source>
        <translation>Blockgröße in Elementen</translation>
    </message>
    <message>
        <source>bits of a shared microexponent</source>
        <translation>Bits eines gemeinsamen Mikroexponenten</translation>
    </message>
    <message>
        <source>mantissa bits of a subgroup&apos;s scale</source>
        <translation>Mantissenbits der Skala einer Untergruppe</translation>
    </message>
    <message>
        <source>NanoMantissa bits of the shared scale</source>
        <translation>NanoMantissa-Bits der Skala</translation>
    </message>
    <message>
        <source>%1, its width kept</source>
        <translation>%1 bei gleicher Breite</translation>
    </message>
    <message>
        <source>%1 (codebook %2)</source>
        <translation>%1 (Codebuch %2)</translation>
    </message>
</context>
<context>
    <name>nanoscope::ErrorMapView</name>
    <message>
        <source>Sho&amp;w</source>
        <translation>Zei&amp;gen</translation>
    </message>
    <message>
        <source>Error map table</source>
        <translation>Tabelle der Fehlerkarte</translation>
    </message>
    <message>
        <source>Error map of format A</source>
        <translation>Fehlerkarte von Format A</translation>
    </message>
    <message>
        <source>Error map shows</source>
        <translation>Fehlerkarte zeigt</translation>
    </message>
    <message>
        <source>What the map shows of each block</source>
        <translation>Was die Karte von jedem Block zeigt</translation>
    </message>
    <message>
        <source>MSE</source>
        <translation>MSE</translation>
    </message>
    <message>
        <source>SQNR</source>
        <translation>SQNR</translation>
    </message>
    <message>
        <source>Largest |error|</source>
        <translation>Größter |Fehler|</translation>
    </message>
</context>
</TS>
