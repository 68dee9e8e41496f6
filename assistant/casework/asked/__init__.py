"""The words by which a parent asks for a written answer, by how sure they make it."""
