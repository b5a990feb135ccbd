places-title = Distritos
places-name = Distrito
places-code = Código
places-none = Aún no hay distritos
places-none-text = Ya se puede avisar desde cualquier lugar. Los distritos dan casa a los avisos y un mapa al municipio.
places-map-desc = Mapa de { $count } distritos. La lista de al lado lleva a cada uno.
places-area = { $area } kilómetros cuadrados
places-open = Avisos abiertos aquí
places-set-title = Fijar los distritos
places-set-present = { $count ->
    [0] El municipio aún no tiene distritos.
    [one] El municipio tiene un distrito.
   *[other] El municipio tiene { $count } distritos.
}
places-set-file = Archivo GeoJSON
places-set-file-hint = Polígonos en WGS 84 (EPSG:4326), hasta 20 MB. Verá lo que contiene antes de que cambie nada.
places-set-look = Ver el archivo
places-set-found = { $count ->
    [one] Un distrito en este archivo
   *[other] { $count } distritos en este archivo
}
places-set-notes = Revise esto primero
places-set-agree = Poner en vigor estos distritos
places-set-not = Elegir otro archivo
places-note-rewound = Estos elementos tenían el borde dibujado al revés; se han girado: { $features }.
places-note-name = Estos elementos no tienen nombre, así que se les dio uno: { $features }.
places-note-code = Estos elementos no tienen código, así que se les dio uno: { $features }.
places-note-overlap = «{ $one }» y «{ $other }» reclaman el mismo terreno.
places-note-not-all = Hay tantos distritos que no se compararon todos los pares.
flash-districts = Los nuevos distritos están en vigor.
saying-districts-set = El municipio fijó sus distritos: { $districts }.
subject-districts = Distritos
refusal-districts-gone = Estos distritos ya están en vigor o el archivo se descartó. Elija el archivo otra vez.
refusal-boundary-empty-file = El archivo está vacío. Elija un archivo GeoJSON con los distritos del municipio.
refusal-boundary-too-many-bytes = El archivo tiene { $bytes } bytes; se pueden leer { $most } como máximo. Simplifique los límites e inténtelo de nuevo.
refusal-boundary-not-json = El archivo no es JSON: { $reason }.
refusal-boundary-repeated-key = El archivo se contradice: { $reason }. Cada clave puede aparecer una sola vez en un objeto.
refusal-boundary-not-geo-json = El archivo es JSON pero no GeoJSON: { $reason }.
refusal-boundary-no-features = El archivo no tiene ningún distrito: su lista de elementos está vacía.
refusal-boundary-too-many-features = El archivo tiene { $features } elementos; se pueden guardar { $most } distritos como máximo.
refusal-boundary-too-many-positions = Los límites tienen más de { $most } posiciones en total. Simplifíquelos e inténtelo de nuevo.
refusal-boundary-ring-too-long = El anillo en { $at } tiene { $positions } posiciones; un anillo puede tener { $most }. Simplifíquelo.
refusal-boundary-no-geometry = No hay geometría en { $at }. Cada distrito necesita un Polygon o un MultiPolygon.
refusal-boundary-wrong-geometry = La geometría en { $at } es { $found }. Un distrito debe ser Polygon o MultiPolygon.
refusal-boundary-bad-coordinates = Las coordenadas en { $at } no son lo que pide GeoJSON: { $reason }.
refusal-boundary-ring-too-short = El anillo en { $at } tiene { $positions } posiciones; necesita cuatro o más, la última igual a la primera.
refusal-boundary-ring-encloses-nothing = El anillo en { $at } no encierra nada: sus posiciones están en una línea.
refusal-boundary-ring-not-closed = El anillo en { $at } no está cerrado: su última posición debe ser igual a la primera.
refusal-boundary-projected = Los números en { $at } ({ $x }, { $y }) parecen metros de una proyección. Exporte el archivo en WGS 84 (EPSG:4326), en grados.
refusal-boundary-other-reference-system = El archivo dice usar «{ $name }». Expórtelo en WGS 84 (EPSG:4326), en grados.
refusal-boundary-looks-swapped = La posición en { $at } ({ $x }, { $y }) parece invertida. GeoJSON escribe primero la longitud y luego la latitud.
refusal-boundary-outside-earth = La posición en { $at } ({ $x }, { $y }) está fuera de la Tierra: la longitud va de -180 a 180 y la latitud de -90 a 90.
refusal-boundary-crosses-itself = El anillo en { $at } se cruza a sí mismo cerca de longitud { $x }, latitud { $y }.
refusal-boundary-parts-clash = Lo dibujado en { $at } no encaja con el resto: { $reason }.
refusal-boundary-repeated-code = El código «{ $code }» está en el elemento { $first } y en el { $second }. Cada distrito necesita el suyo.
