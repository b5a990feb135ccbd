# Lo que viene, quién avisa, diferencias y la hoja de un distrito.

subject-district-figures = Cifras de un distrito
saying-figures-gap-opened = { $district } ha esperado más que la ciudad, o ha tenido más plazos incumplidos, para la misma mezcla de avisos, en dos periodos seguidos.
saying-figures-gap-closed = { $district } ya no espera más ni tiene más plazos incumplidos que la ciudad para la misma mezcla de avisos.
mail-gap-subject = { $district } recibe el servicio más tarde que el resto de la ciudad
mail-gap-body =
    En dos periodos de cuatro semanas seguidos, los avisos de { $district } tardaron claramente más en terminar que la media de la ciudad para la misma mezcla de categorías: en el último, { $ratio } veces lo que en la ciudad (entre { $low } y { $high } con un 95 % de certeza).

    Las cifras no pueden decir por qué. Esto es lo que muestran:
    { $link }

    Recibe este correo una sola vez, porque administra o analiza las cifras de la ciudad. La alerta es pública y se cierra sola cuando dos periodos seguidos ya no muestran la diferencia.
mail-gap-broken-body =
    En dos periodos de cuatro semanas seguidos, en { $district } se incumplieron claramente más plazos que en el resto de la ciudad para la misma mezcla de categorías: en el último, { $ratio } más de cada cien (entre { $low } y { $high } con un 95 % de certeza, n = { $n }).

    Las cifras no pueden decir por qué. Esto es lo que muestran:
    { $link }

    Recibe este correo una sola vez, porque administra o analiza las cifras de la ciudad. La alerta es pública y se cierra sola cuando dos periodos seguidos ya no muestran la diferencia.
gap-title = Diferencia
figures-gap = { $district } ha esperado claramente más que la ciudad, para la misma mezcla de avisos, en dos periodos de cuatro semanas seguidos: { $ratio } veces ({ $low }–{ $high }). Se sabe desde el { $since }.

backlog-title = Avisos abiertos y qué esperar
backlog-chart = Avisos abiertos día a día, con una previsión de dos semanas
backlog-chart-desc = La línea es lo que estaba abierto al final de cada día; la línea discontinua es lo esperado, y en 95 de 100 casos el número verdadero cae en la banda a su alrededor.
backlog-now = { $count } abiertos
backlog-interval = { $value } ({ $low }–{ $high })
backlog-expected = El { $day } habrá unos { $value } avisos abiertos; en 95 de 100 casos, entre { $low } y { $high }.
backlog-too-short = Aún no hay previsión: hacen falta { $least } días completos de avisos y hay { $days }.
backlog-not = Con estos días no se puede hacer una previsión.
backlog-day = Día
backlog-value = Abiertos esperados
backlog-range = 95 de 100 casos
backlog-ahead = Las próximas dos semanas
backlog-days = Día a día
backlog-how = La previsión es un alisado exponencial con tendencia amortiguada y estacionalidad semanal; su banda es tan ancha como sus propios errores en el pasado. Prolonga lo que hubo y no sabe de tormentas ni de fiestas.
backlog-all = Todos los días en una tabla

reporting-title = Cuánto tarda en avisarse de un problema
reporting-all = Un problema espera unos { $days } hasta el primer aviso, a juzgar por las veces que se vuelve a avisar de lo ya avisado ({ $repeats } repeticiones de { $matters } asuntos).
reporting-days = { $days } días ({ $low }–{ $high })
reporting-too-few = No basta para decir nada: hay { $count } repeticiones (avisos unidos y «a mí también») y una estimación necesita { $least }.
reporting-not = De estos avisos no se puede decir nada.
reporting-too-few-here = Pocas repeticiones
reporting-later = Se avisa menos
reporting-sooner = Se avisa más
reporting-ratio = Disposición a avisar, para la misma mezcla
reporting-days-head = Días hasta el primer aviso
reporting-matters = Asuntos
reporting-repeats = Repeticiones
reporting-how = De lo que nadie avisa, nadie puede llevar la cuenta. Pero después de un primer aviso, los siguientes sobre el mismo asunto (avisos unidos y «a mí también», hasta que termina o 100 días como mucho) muestran con qué rapidez se avisa de lo que hay. Esto supone que se sigue avisando al mismo ritmo, que lo que nunca se avisa es de la misma clase y que las repeticiones se encuentran igual de bien en todas partes; quien ve un asunto en el mapa y no avisa otra vez hace que los días parezcan más de los que son. Los márgenes valen en 95 de 100 casos.

district-title = Cómo servimos a { $district }
district-summary = { $reports } avisos; tiempo hasta que terminó la mitad: { $median }, hasta nueve de cada diez: { $p90 }; { $open } siguen abiertos, { $overdue } de ellos vencidos.
district-pdf = Hoja para imprimir (PDF)
district-svg = Hoja como imagen (SVG)
district-reports = Avisos de este distrito
district-paper = La hoja
district-answer = hasta que la mitad tuvo una primera respuesta
district-open = avisos siguen abiertos
district-median-between = de { $low } a { $high }, n = { $count }
district-compared = En comparación con la ciudad, para la misma mezcla
district-compared-text = Cuántas veces se tarda lo que se tarda de media si todos los distritos avisaran de lo mismo; entre paréntesis, el intervalo del 95 %.
district-average = la media de la ciudad
district-promises = Prometido y cumplido
district-kept = Se cumplieron { $kept } de { $promised } plazos ya vencidos: { $share } % ({ $low }–{ $high } %). Lo abierto y vencido cuenta como no cumplido, y también lo que se trasladó tras vencer.
district-no-promises = Aún no ha vencido ningún plazo.
district-categories = De lo que más se avisa
district-reporting-not = En este distrito hay pocas repeticiones para decir cuánto tarda en avisarse de un problema.
district-how = Se cuentan los avisos de residentes del año hasta el más reciente; no cuenta lo retirado ni lo unido a otro aviso. Las diferencias que quedan pueden tener muchas razones: son una pregunta, no un veredicto.
district-source = Cifras de la propia ciudad, { $date }. Las mismas para todos, con la forma de contarlas: { $link }

district-answer-p90 = nueve de cada diez: { $time }
district-of-all = n = { $count }, { $ended } terminados
district-of-open = { $count } de ellos vencidos; la mitad abierta desde hace { $age }
district-broken = Incumplidos para la misma mezcla, frente a los demás distritos: { $word } ({ $value }).
figures-not-yet = aún no
figures-answer-p90 = Primera respuesta, 9 de 10
figures-age = La mitad abierta desde hace
figures-over-90 = Abiertos más de 90 días
figures-ages = De { $open } avisos abiertos, la mitad lleva abierta { $median } o menos y nueve de cada diez { $p90 } o menos; { $month } llevan más de 30 días y { $quarter } más de 90.
figures-kept-moved = De { $kept } plazos cumplidos, { $moved } se cumplieron tras trasladarlos. { $broken } avisos abiertos tienen un plazo incumplido que se trasladó a más tarde; cuentan como incumplidos.
figures-broken = Plazos incumplidos, para la misma mezcla
figures-broken-more = Más a menudo
figures-broken-less = Menos a menudo
figures-points = { $value } de cada cien (de { $low } a { $high }), n = { $count }
figures-with-n = { $value }, n = { $count }
figures-gap-broken = En { $district } se incumplieron claramente más plazos que en el resto de la ciudad, para la misma mezcla de avisos, en dos periodos de cuatro semanas seguidos: { $ratio } más de cada cien ({ $low }–{ $high }, n = { $n }). Se sabe desde el { $since }.
backlog-chart-plain = Avisos abiertos día a día
backlog-chart-desc-plain = La línea es lo que estaba abierto al final de cada día.
