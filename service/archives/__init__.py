"""Files of many articles: read from JSON lines, CSV or Parquet, answered by several processes, kept."""
